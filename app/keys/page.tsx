import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { OpenAccessNotice } from "@/components/access/open-access-notice";
import { KeysView } from "@/components/access/keys-view";
import { signInAddress } from "@/lib/contract/return-address";
import { pageSession } from "@/lib/server/http/page-session";

export const metadata: Metadata = { title: "Keys" };

export default async function KeysPage() {
  const session = await pageSession();
  if (session === null) redirect(signInAddress("/keys"));
  if (session.person === null) return <OpenAccessNotice title="Keys" current="/keys" />;
  return <KeysView offered={session.scopes} isOperator={session.person.role === "operator"} />;
}

import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AccountView } from "@/components/access/account-view";
import { OpenAccessNotice } from "@/components/access/open-access-notice";
import { signInAddress } from "@/lib/contract/return-address";
import { pageSession } from "@/lib/server/http/page-session";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const session = await pageSession();
  if (session === null) redirect(signInAddress("/account"));
  if (session.person === null) return <OpenAccessNotice title="Account" />;
  return <AccountView person={session.person} />;
}

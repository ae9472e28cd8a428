import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { OpenAccessNotice } from "@/components/access/open-access-notice";
import { PeopleView } from "@/components/access/people-view";
import { signInAddress } from "@/lib/contract/return-address";
import { pageSession } from "@/lib/server/http/page-session";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  const session = await pageSession();
  if (session === null) redirect(signInAddress("/people"));
  if (session.person === null) return <OpenAccessNotice title="People" current="/people" />;
  if (!session.scopes.includes("admin")) notFound();
  return <PeopleView selfId={session.person.id} />;
}

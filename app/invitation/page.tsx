import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/access/auth-card";
import { AcceptForm } from "@/components/access/credentials-form";
import { IncompleteLink } from "@/components/access/incomplete-link";
import { pageSession } from "@/lib/server/http/page-session";

export const metadata: Metadata = { title: "Accept your invite" };

export default async function InvitationPage({ searchParams }: PageProps<"/invitation">) {
  if ((await pageSession())?.access === "open") redirect("/");
  const { token } = await searchParams;
  if (typeof token !== "string" || token === "") {
    return (
      <IncompleteLink title="Accept your invite">Copy the whole invite link, or ask for a new one.</IncompleteLink>
    );
  }
  return (
    <AuthCard
      title="Accept your invite"
      lead="Choose a name and a password. You will sign in with the e-mail address that was invited."
    >
      <AcceptForm token={token} />
    </AuthCard>
  );
}

import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/access/auth-card";
import { AcceptForm } from "@/components/access/credentials-form";
import { IncompleteLink } from "@/components/access/incomplete-link";
import { pageSession } from "@/lib/server/http/page-session";

export const metadata: Metadata = { title: "Invitation" };

export default async function InvitationPage({ searchParams }: PageProps<"/invitation">) {
  if ((await pageSession())?.access === "open") redirect("/");
  const { token } = await searchParams;
  if (typeof token !== "string" || token === "") {
    return (
      <IncompleteLink title="Invitation">
        The link of an invitation leads here, with a token in it. Copy all of it, or ask for a new one.
      </IncompleteLink>
    );
  }
  return (
    <AuthCard
      title="You are invited"
      lead="Choose a name and a password; your e-mail address is the one you were invited by."
    >
      <AcceptForm token={token} />
    </AuthCard>
  );
}

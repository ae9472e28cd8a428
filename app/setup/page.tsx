import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/access/auth-card";
import { SetupForm } from "@/components/access/credentials-form";
import { IncompleteLink } from "@/components/access/incomplete-link";
import { pageSession } from "@/lib/server/http/page-session";

export const metadata: Metadata = { title: "Setup" };

export default async function SetupPage({ searchParams }: PageProps<"/setup">) {
  if ((await pageSession()) !== null) redirect("/");
  const { token } = await searchParams;
  if (typeof token !== "string" || token === "") {
    return (
      <IncompleteLink title="Setup">
        The link that the server prints when it starts leads here, with a token in it. Copy all of it.
      </IncompleteLink>
    );
  }
  return (
    <AuthCard title="Create the admin account" lead="You will be the operator: you see every store and let others in.">
      <SetupForm token={token} />
    </AuthCard>
  );
}

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
    return <IncompleteLink title="Setup">Copy the whole link that the server prints on startup.</IncompleteLink>;
  }
  return (
    <AuthCard
      title="Create the admin account"
      lead="You will be the operator: you can see every store and invite other users."
    >
      <SetupForm token={token} />
    </AuthCard>
  );
}

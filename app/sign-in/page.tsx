import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/access/auth-card";
import { SignInForm } from "@/components/access/sign-in-form";
import { returnAddress } from "@/lib/contract/return-address";
import { pageSession } from "@/lib/server/http/page-session";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const to = returnAddress((await searchParams)["to"]);
  // The address was checked, but no type can say of a text that it is one of our pages.
  if ((await pageSession()) !== null) redirect(to as Route);
  return (
    <AuthCard title="Sign in" lead="See how your stores are doing.">
      <SignInForm to={to} />
    </AuthCard>
  );
}

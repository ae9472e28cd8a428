import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Door } from "@/components/access/door";
import { SetupForm } from "@/components/access/enter-form";
import { LinkMissing } from "@/components/access/link-missing";
import { pageSession } from "@/lib/server/http/page-session";

export const metadata: Metadata = { title: "Setup" };

export default async function SetupPage({ searchParams }: PageProps<"/setup">) {
  if ((await pageSession()) !== null) redirect("/");
  const { token } = await searchParams;
  if (typeof token !== "string" || token === "") {
    return (
      <LinkMissing title="Setup">
        The link that the server prints when it starts leads here, with a token in it. Copy all of it.
      </LinkMissing>
    );
  }
  return (
    <Door title="Create the admin account" lead="You will be the operator: you see every store and let others in.">
      <SetupForm token={token} />
    </Door>
  );
}

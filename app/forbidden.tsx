import type { Metadata } from "next";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata: Metadata = { title: "Access denied" };

/** A page that the viewer may not see, with status 403. */
export default function Forbidden() {
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">Access denied</h1>
      <EmptyState title="You don’t have access to this page">
        <p>This page is for operators. Ask an operator if you need access.</p>
        <Link href="/" className={buttonClass()}>
          Your stores
        </Link>
      </EmptyState>
    </>
  );
}

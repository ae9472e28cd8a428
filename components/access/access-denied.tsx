"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** Instead of a page that the viewer may not see: what is missing, and how to get it. */
export function AccessDenied({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">Access denied</h1>
      <EmptyState title={title}>
        <p>{children}</p>
        <Link href="/" className={buttonClass()}>
          Your stores
        </Link>
      </EmptyState>
    </>
  );
}

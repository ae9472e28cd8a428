"use client";

import type { Route } from "next";
import Link from "next/link";
import { buttonClass } from "./button";
import { EmptyState } from "./empty-state";

interface NotFoundViewProps {
  /** "Store not found" */
  readonly title: string;
  readonly hint: string;
  readonly href: Route;
  /** On the link to `href`. */
  readonly label: string;
}

/** What a page with status 404 shows: what was not found, and where to go from here. */
export function NotFoundView({ title, hint, href, label }: NotFoundViewProps) {
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">{title}</h1>
      <EmptyState title="Check the link">
        <p>{hint}</p>
        <Link href={href} className={buttonClass()}>
          {label}
        </Link>
      </EmptyState>
    </>
  );
}

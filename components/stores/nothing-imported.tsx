import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button";
import { templates } from "@/lib/contract/templates";

const files = [
  { kind: "polls", label: "Checks", what: "store, time, active or inactive" },
  { kind: "hours", label: "Business hours", what: "weekly, in the store’s local time" },
  { kind: "timezones", label: "Time zones", what: "one per store" },
] as const;

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="border-line bg-panel rounded-panel border p-4">
      <h3 className="flex items-center gap-2 font-semibold">
        <span aria-hidden className="bg-accent-soft text-accent grid size-6 place-items-center rounded-full text-sm">
          {number}
        </span>
        {title}
      </h3>
      <div className="text-muted mt-2 space-y-3 text-pretty">{children}</div>
    </li>
  );
}

function StepLink({ href, look, children }: { href: Route; look?: "primary"; children: string }) {
  return (
    <Link href={href} className={buttonClass(look)}>
      {children}
    </Link>
  );
}

/** The first run: what an empty database needs, in three steps. @param what the page would show */
export function NothingImported({ what }: { what: string }) {
  return (
    <section aria-labelledby="first-run">
      <h2 id="first-run" className="mb-3 text-base font-semibold">
        No {what} yet
      </h2>
      <ol className="grid gap-3 lg:grid-cols-3">
        <Step number={1} title="Prepare three CSV files">
          <ul className="space-y-1">
            {files.map(({ kind, label, what: columns }) => (
              <li key={kind}>
                <a href={templates[kind]} download className="text-ink inline-block min-h-6 underline">
                  {label}
                </a>{" "}
                ({columns})
              </li>
            ))}
          </ul>
          <p>Only checks are required. Stores without hours are treated as open 24/7.</p>
        </Step>
        <Step number={2} title="Upload them">
          <p>Drop all three at once: each is recognised by its header. Programs can send checks through the API.</p>
          <p className="flex flex-wrap gap-2">
            <StepLink href="/imports" look="primary">
              Upload files
            </StepLink>
            <StepLink href="/docs">Use the API</StepLink>
          </p>
        </Step>
        <Step number={3} title="See your stores">
          <p>
            Uptime appears on the Stores page within a minute. Data quality lists stores without hours or a time zone.
          </p>
          <p className="flex flex-wrap gap-2">
            <StepLink href="/method">How it works</StepLink>
          </p>
        </Step>
      </ol>
    </section>
  );
}

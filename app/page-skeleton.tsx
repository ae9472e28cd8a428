"use client";

import type { ReactNode } from "react";
import { FleetSkeleton } from "@/components/stores/fleet-skeleton";
import { StoreSkeleton } from "@/components/stores/store-skeleton";
import { NavigationPlaceholder } from "@/components/ui/navigation-placeholder";

const title = "text-xl font-semibold tracking-tight";

/** Pages that are a heading over panels, by the first part of their path. */
const titles: Readonly<Record<string, string>> = {
  incidents: "Incidents",
  reports: "Reports",
  imports: "Imports",
  "data-quality": "Data quality",
  method: "How it works",
  docs: "API",
  "manage-stores": "Stores",
  calendars: "Calendars",
  "new-calendar": "New calendar",
  people: "People",
  keys: "Keys",
  webhooks: "Webhooks",
  limits: "Limits",
  status: "Status",
  rollups: "Roll-ups",
  wallboard: "Wallboard",
  audit: "Audit log",
  account: "Account",
};

function PanelsSkeleton({ of }: { of: string }) {
  return (
    <div aria-busy="true">
      <h1 className={`mb-4 ${title}`}>{of}</h1>
      <p role="status" className="sr-only">
        Loading
      </p>
      <div className="skeleton h-32 max-sm:h-80" />
      <div className="skeleton mt-3 h-96" />
    </div>
  );
}

/** What keeps the place of a page that is on its way. */
function placeholderOf(pathname: string): ReactNode {
  const [section = "", id] = pathname.split("/").slice(1);
  if (section === "") {
    return (
      <>
        <div className="mb-4">
          <h1 className={title}>Stores</h1>
          <div className="skeleton h-5 w-64 max-w-full max-sm:h-10" />
          <div className="skeleton mt-2 h-9 w-52 sm:hidden" />
        </div>
        <FleetSkeleton />
      </>
    );
  }
  if (section === "stores") {
    return (
      <>
        <h1 className="sr-only">Store</h1>
        <div className="mt-7 mb-4 grid gap-2">
          <div className="skeleton h-12 w-72 max-w-full max-sm:h-[202px]" />
          <div className="skeleton h-9" />
        </div>
        <StoreSkeleton />
      </>
    );
  }
  const of = titles[section] ?? "Loading";
  return <PanelsSkeleton of={id === undefined ? of : of.replace(/s$/, "")} />;
}

/** Where pages stand, and their placeholders while they are on their way. */
export function PageSkeleton({ children }: { children: ReactNode }) {
  return <NavigationPlaceholder placeholderOf={placeholderOf}>{children}</NavigationPlaceholder>;
}

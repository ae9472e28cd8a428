"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleX } from "lucide-react";
import { UtcInstant } from "@/components/ui/instant";
import { Panel } from "@/components/ui/panel";
import { StateBadge } from "@/components/ui/state-badge";
import { statusQueries } from "@/lib/client/status-queries";
import type { ServiceStatus } from "@/lib/contract/status";

const sourceText: Record<ServiceStatus["tz_source"], string> = {
  shipped: "shipped with this product",
  system: "from the operating system",
  TZDATA: "chosen by the operator of this server",
};

interface StatusRow {
  readonly name: string;
  readonly isGood: boolean;
  readonly word: string;
  readonly note: string;
}

function rowsOf({ worker, disk, tz_warnings: warnings, tz_release, tz_source }: ServiceStatus): readonly StatusRow[] {
  return [
    {
      name: "Worker",
      isGood: worker === "running",
      word: worker === "running" ? "Running" : "Not running",
      note: "Computes reports and fleet figures, imports files, delivers webhooks.",
    },
    {
      name: "Database disk",
      isGood: disk === "ok",
      word: disk === "ok" ? "Enough space" : "Nearly full",
      note: "Imports wait while it is nearly full.",
    },
    {
      name: "Time zone rules",
      isGood: warnings.length === 0,
      word: `tz ${tz_release}`,
      note: warnings.length === 0 ? `Release ${sourceText[tz_source]}.` : warnings.join(" "),
    },
  ];
}

/** Whether the parts of the service work, kept up to date. */
export function StatusView({ version, initial }: { version: string; initial: ServiceStatus }) {
  // The strip above every page asks the same question, and has no answer before the page has loaded.
  const status = useQuery(statusQueries.now()).data ?? initial;
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">Status</h1>
      <Panel title={`Store Monitoring ${version}`} id="status" className="max-w-3xl">
        <dl className="divide-line divide-y">
          {rowsOf(status).map(({ name, isGood, word, note }) => (
            <div key={name} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 py-2">
              <dt className="min-w-0 flex-1 basis-60">
                <span className="font-medium">{name}</span>
                <span className="text-muted block text-pretty">{note}</span>
              </dt>
              <dd>
                <StateBadge tone={isGood ? "good" : "bad"} icon={isGood ? CircleCheck : CircleX}>
                  {word}
                </StateBadge>
              </dd>
            </div>
          ))}
          <div className="flex flex-wrap justify-between gap-x-4 py-2">
            <dt className="font-medium">Latest check</dt>
            <dd>{status.newest_poll_at === null ? "None yet" : <UtcInstant at={status.newest_poll_at} />}</dd>
          </div>
        </dl>
      </Panel>
    </>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import Link from "next/link";
import { AsyncPanel } from "@/components/ui/async-panel";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { UtcInstant } from "@/components/ui/instant";
import { AddressNotices } from "@/components/ui/notice";
import { auditQueries } from "@/lib/client/access-queries";
import { auditHref, isAuditFiltered, type AuditParams } from "@/lib/client/audit-params";
import type { AuditList } from "@/lib/contract/access";
import { principalText } from "./access-text";
import { AccessTabs } from "./access-tabs";
import { AuditFilters } from "./audit-filters";

const columns = ["Time (UTC)", "Actor", "Action", "Target", "IP"] as const;

/** On a phone each entry is a card: what was done and when, and below that by whom, to what and from where. */
const cardLook = clsx(
  "max-md:block max-md:[&_tr]:flex max-md:[&_tr]:flex-wrap max-md:[&_tr]:justify-between max-md:[&_tr]:gap-x-3 max-md:[&_tr]:gap-y-1",
  "max-md:[&_tr]:px-4 max-md:[&_tr]:py-3 max-md:[&_[data-label]]:w-full max-md:[&_[data-label]]:flex",
  "max-md:[&_[data-label]]:items-baseline max-md:[&_[data-label]]:gap-3 max-md:[&_[data-label]]:before:content-[attr(data-label)]",
  "max-md:[&_[data-label]]:before:text-muted max-md:[&_[data-label]]:before:font-sans max-md:[&_[data-label]]:before:text-xs",
  "max-md:[&_[data-label]]:before:w-12 max-md:[&_[data-label]]:before:shrink-0",
);

function AuditTable({ entries, params }: { entries: AuditList["entries"]; params: AuditParams }) {
  const only = (change: Partial<AuditParams>) => auditHref({ ...params, cursor: null, ...change });
  const cell = "md:px-3 md:py-2 md:first:pl-4 md:last:pr-4";
  const link = "inline-block min-h-6 py-0.5 hover:underline max-md:underline";
  return (
    <div
      className="border-line bg-panel rounded-panel relative overflow-x-auto border"
      tabIndex={0}
      role="region"
      aria-label="Audit log"
    >
      <table className="w-full border-collapse max-md:block">
        <caption className="sr-only">Actions, newest first</caption>
        <thead className="text-muted text-xs max-md:hidden">
          <tr>
            {columns.map((word) => (
              <th
                key={word}
                scope="col"
                className="h-10 px-3 text-left font-medium whitespace-nowrap first:pl-4 last:pr-4"
              >
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={cardLook}>
          {entries.map((entry) => (
            <tr key={entry.id} className="border-line border-t max-md:first:border-t-0">
              <td className={`${cell} whitespace-nowrap max-md:text-muted max-md:order-1 max-md:text-xs`}>
                <UtcInstant at={entry.at} named={false} />
              </td>
              <td data-label="Actor" className={`${cell} min-w-32 break-words max-md:order-2`}>
                <Link href={only({ principal: entry.principal })} className={link}>
                  {principalText(entry)}
                </Link>
              </td>
              <td className={`${cell} font-mono text-xs max-md:font-medium md:whitespace-nowrap`}>{entry.action}</td>
              <td data-label="Target" className={`${cell} min-w-32 font-mono text-xs break-all max-md:order-2`}>
                <Link href={only({ subject: entry.subject })} className={link}>
                  {entry.subject}
                </Link>
              </td>
              <td data-label="IP" className={`${cell} font-mono text-xs max-md:order-2 md:whitespace-nowrap`}>
                {entry.address}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What was done by whom. Nobody can change or delete a line. */
export function AuditView({ params, notices }: { params: AuditParams; notices: readonly string[] }) {
  const audit = useQuery(auditQueries.list(params));
  return (
    <>
      <AccessTabs title="Audit log" current="/audit" />
      <AddressNotices notices={notices} />
      <AuditFilters key={auditHref(params)} params={params} />
      <AsyncPanel what="the audit log" query={audit} height="h-96">
        {({ entries, next_cursor: next }) =>
          entries.length === 0 ? (
            isAuditFiltered(params) ? (
              <EmptyState title="No matching entries">
                <p>No audit entries match these filters.</p>
              </EmptyState>
            ) : (
              <EmptyState title="No entries yet">
                <p>Sign-ins, invitations, key changes and store edits are recorded here.</p>
              </EmptyState>
            )
          ) : (
            <>
              <AuditTable entries={entries} params={params} />
              <nav aria-label="Pages" className="mt-3 flex justify-end gap-2">
                {params.cursor !== null && (
                  <Link href={auditHref({ ...params, cursor: null })} className={buttonClass()}>
                    Newest entries
                  </Link>
                )}
                {next !== null && (
                  <Link href={auditHref({ ...params, cursor: next })} className={buttonClass()}>
                    Older entries
                  </Link>
                )}
              </nav>
            </>
          )
        }
      </AsyncPanel>
    </>
  );
}

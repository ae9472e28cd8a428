"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { AsyncPanel } from "@/components/ui/async-panel";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Instant } from "@/components/ui/instant";
import { AddressNotices } from "@/components/ui/notice";
import { auditQueries } from "@/lib/client/access-queries";
import { auditHref, isAuditFiltered, type AuditParams } from "@/lib/client/audit-params";
import type { AuditList } from "@/lib/contract/access";
import { fullTime } from "@/lib/format/zoned-time";
import { principalWords } from "./access-words";
import { AccessTabs } from "./access-tabs";
import { AuditFilters } from "./audit-filters";

function AuditTable({ entries, params }: { entries: AuditList["entries"]; params: AuditParams }) {
  const only = (change: Partial<AuditParams>) => auditHref({ ...params, cursor: null, ...change });
  const head = "h-10 px-3 text-left font-medium whitespace-nowrap first:pl-4 last:pr-4";
  const cell = "px-3 py-2 first:pl-4 last:pr-4";
  return (
    <div
      className="border-line bg-panel rounded-panel relative overflow-x-auto border"
      tabIndex={0}
      role="region"
      aria-label="Audit log"
    >
      <table className="w-full border-collapse">
        <caption className="sr-only">What was done, newest first</caption>
        <thead className="text-muted text-xs">
          <tr>
            {["When (UTC)", "Who", "What", "To what", "From"].map((word) => (
              <th key={word} scope="col" className={head}>
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id} className="border-line border-t">
              <td className={`${cell} whitespace-nowrap`}>
                <Instant at={entry.at}>{fullTime(entry.at, "UTC")}</Instant>
              </td>
              <td className={`${cell} min-w-32 break-words`}>
                <Link href={only({ principal: entry.principal })} className="hover:underline">
                  {principalWords(entry)}
                </Link>
              </td>
              <td className={`${cell} font-mono text-xs whitespace-nowrap`}>{entry.action}</td>
              <td className={`${cell} min-w-32 font-mono text-xs break-all`}>
                <Link href={only({ subject: entry.subject })} className="hover:underline">
                  {entry.subject}
                </Link>
              </td>
              <td className={`${cell} font-mono text-xs whitespace-nowrap`}>{entry.address}</td>
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
      <AsyncPanel what="The audit log" query={audit} height="h-96">
        {({ entries, next_cursor: next }) =>
          entries.length === 0 ? (
            isAuditFiltered(params) ? (
              <EmptyState title="No entry fits">
                <p>Nothing that was written down is by them, of that kind, about that and of those days.</p>
              </EmptyState>
            ) : (
              <EmptyState title="Nothing yet">
                <p>Who signs in, is invited, makes or revokes a key or changes a store is written down here.</p>
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

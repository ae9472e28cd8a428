"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { AsyncPanel } from "@/components/ui/async-panel";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Instant } from "@/components/ui/instant";
import { AddressNotices } from "@/components/ui/notice";
import { auditQueries } from "@/lib/client/access-queries";
import type { AuditList } from "@/lib/contract/access";
import { fullTime } from "@/lib/format/zoned-time";
import { principalWords } from "./access-words";
import { AccessTabs } from "./access-tabs";

function AuditTable({ entries }: { entries: AuditList["entries"] }) {
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
              <td className={`${cell} min-w-32 break-words`}>{principalWords(entry)}</td>
              <td className={`${cell} font-mono text-xs whitespace-nowrap`}>{entry.action}</td>
              <td className={`${cell} min-w-32 font-mono text-xs break-all`}>{entry.subject}</td>
              <td className={`${cell} font-mono text-xs whitespace-nowrap`}>{entry.address}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What was done by whom. Nobody can change or delete a line. @param cursor of a page after the first */
export function AuditView({ cursor, notices }: { cursor: string | null; notices: readonly string[] }) {
  const audit = useQuery(auditQueries.list(cursor));
  return (
    <>
      <AccessTabs title="Audit log" current="/audit" />
      <AddressNotices notices={notices} />
      <AsyncPanel what="The audit log" query={audit} height="h-96">
        {({ entries, next_cursor: next }) =>
          entries.length === 0 ? (
            <EmptyState title="Nothing yet">
              <p>Who signs in, is invited, makes or revokes a key or changes a store is written down here.</p>
            </EmptyState>
          ) : (
            <>
              <AuditTable entries={entries} />
              <nav aria-label="Pages" className="mt-3 flex justify-end gap-2">
                {cursor !== null && (
                  <Link href="/audit" className={buttonClass()}>
                    Newest entries
                  </Link>
                )}
                {next !== null && (
                  <Link href={`/audit?${new URLSearchParams({ cursor: next }).toString()}`} className={buttonClass()}>
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

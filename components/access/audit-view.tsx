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
import { AuditFilters } from "./audit-filters";
import { auditSentence } from "./audit-text";
import { SettingsTabs } from "./settings-tabs";

/** On a phone each entry is a card: what happened, and below that when and from where. */
const cardLook = clsx(
  "max-md:block max-md:[&_tr]:flex max-md:[&_tr]:flex-wrap max-md:[&_tr]:justify-between max-md:[&_tr]:gap-x-3",
  "max-md:[&_tr]:gap-y-0.5 max-md:[&_tr]:px-4 max-md:[&_tr]:py-2.5",
);

interface EntryTextProps {
  readonly entry: AuditList["entries"][number];
  /** The address of the log with only the entries that match. */
  readonly only: (change: Partial<AuditParams>) => ReturnType<typeof auditHref>;
}

/** "Maria revoked key POS": the actor and the target lead to their entries. */
function EntryText({ entry, only }: EntryTextProps) {
  const { actor, before, target, after } = auditSentence(entry);
  const link = "font-medium underline-offset-2 hover:underline max-md:underline";
  return (
    <span title={entry.action}>
      <Link href={only({ principal: entry.principal })} prefetch={false} className={link}>
        {actor}
      </Link>{" "}
      {before}{" "}
      {target !== null && (
        <Link href={only({ subject: entry.subject })} prefetch={false} className={link}>
          {target}
        </Link>
      )}{" "}
      {after}
    </span>
  );
}

function AuditTable({ entries, params }: { entries: AuditList["entries"]; params: AuditParams }) {
  const only = (change: Partial<AuditParams>) => auditHref({ ...params, cursor: null, ...change });
  const cell = "md:px-3 md:py-2 md:first:pl-4 md:last:pr-4";
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
            {["Time (UTC)", "Event", "IP"].map((word) => (
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
              <td className={`${cell} max-md:text-muted whitespace-nowrap max-md:order-2 max-md:text-xs md:w-56`}>
                <UtcInstant at={entry.at} named={false} />
              </td>
              <td className={`${cell} wrap-break-word max-md:order-1 max-md:w-full`}>
                <EntryText entry={entry} only={only} />
              </td>
              <td className={`${cell} text-muted font-mono text-xs whitespace-nowrap max-md:order-3 md:w-40`}>
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
      <SettingsTabs title="Audit log" current="/audit" />
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

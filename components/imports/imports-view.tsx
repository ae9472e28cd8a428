"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorView } from "@/components/ui/error-view";
import { UtcInstant } from "@/components/ui/instant";
import { AddressNotices } from "@/components/ui/notice";
import { RefreshNotice } from "@/components/ui/refresh-notice";
import { importQueries } from "@/lib/client/import-queries";
import { ImportOutcome } from "./import-outcome";
import { ImportProgress } from "./import-progress";
import { ImportState } from "./import-state";
import { importKindText } from "./import-text";
import { UploadForm } from "./upload-form";

/** The list while it is on its way. */
function ImportsSkeleton() {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        Loading imports
      </p>
      <div className="skeleton h-96" />
    </div>
  );
}

/** Files to import, and the imports so far, newest first. */
export function ImportsView({ cursor, notices }: { cursor: string | null; notices: readonly string[] }) {
  const query = useQuery(importQueries.list(cursor));
  const { data, error, refetch } = query;
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">Imports</h1>
      <AddressNotices notices={notices} />
      <RefreshNotice queries={[query]} />
      <UploadForm />
      {data ? (
        data.imports.length === 0 ? (
          <EmptyState title="No imports yet">
            <p>
              Drop files above to start: checks, business hours and time zones. Uploads from here and from the API are
              listed with their results.
            </p>
          </EmptyState>
        ) : (
          <>
            <ul aria-label="Imports" className="grid gap-2">
              {data.imports.map((one) => (
                <li key={one.id} className="border-line bg-panel rounded-panel border p-3 sm:px-4">
                  <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                    <p className="min-w-0">
                      <Link
                        href={`/imports/${String(one.id)}`}
                        prefetch={false}
                        className="hover:text-accent font-medium break-all underline-offset-2 hover:underline"
                      >
                        {importKindText[one.kind]}
                        {one.file_name !== null && `, ${one.file_name}`}
                      </Link>{" "}
                      <span className="text-muted">
                        <UtcInstant at={one.created_at} />
                        {one.dry_run && ", dry run"}
                      </span>
                    </p>
                    <ImportState state={one.state} />
                  </div>
                  <div className="mt-1.5">
                    <ImportProgress value={one} />
                    <ImportOutcome value={one} />
                  </div>
                </li>
              ))}
            </ul>
            <nav aria-label="Pages" className="mt-3 flex justify-end gap-2">
              {cursor !== null && (
                <Link href="/imports" className={buttonClass()}>
                  Newest imports
                </Link>
              )}
              {data.next_cursor !== null && (
                <Link
                  href={`/imports?${new URLSearchParams({ cursor: data.next_cursor }).toString()}`}
                  className={buttonClass()}
                >
                  Older imports
                </Link>
              )}
            </nav>
          </>
        )
      ) : error ? (
        <ErrorView title="Couldn’t load imports" error={error} onRetry={() => void refetch()} />
      ) : (
        <ImportsSkeleton />
      )}
    </>
  );
}

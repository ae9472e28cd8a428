"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { BackLink } from "@/components/ui/back-link";
import { Button, buttonClass } from "@/components/ui/button";
import { ErrorView } from "@/components/ui/error-view";
import { UtcInstant } from "@/components/ui/instant";
import { RefreshNotice } from "@/components/ui/refresh-notice";
import { Panel } from "@/components/ui/panel";
import { importQueries } from "@/lib/client/import-queries";
import type { Import } from "@/lib/contract/imports";
import { formatBytes } from "@/lib/format/bytes";
import { ImportProgress } from "./import-progress";
import { ImportState } from "./import-state";
import { NextStep } from "./next-step";
import { undoneText } from "./undo-text";
import { countEntries, importKindText } from "./import-text";

function isCancellable({ state }: Import): boolean {
  return state === "queued" || state === "running" || state === "receiving";
}

const shownStores = 10;

/** The stores of a warning, each with a link to its page. */
function WarningStores({ stores, count }: { stores: readonly string[]; count: number }) {
  const shown = stores.slice(0, shownStores);
  return (
    <span className="block font-mono text-xs break-all">
      {shown.map((storeId, index) => (
        <span key={storeId}>
          {index > 0 && ", "}
          <Link href={`/stores/${storeId}`} prefetch={false} className="hover:text-accent underline underline-offset-2">
            {storeId}
          </Link>
        </span>
      ))}
      {count > shown.length && (
        <span className="text-muted"> and {(count - shown.length).toLocaleString("en-US")} more</span>
      )}
    </span>
  );
}

function Warnings({ warnings }: { warnings: Import["warnings"] }) {
  if (warnings.length === 0) return null;
  return (
    <>
      <h3 className="mt-4 font-semibold">Warnings</h3>
      <ul className="mt-1 list-disc space-y-1 pl-5">
        {warnings.map(({ code, detail, count, lines, stores }) => (
          <li key={code}>
            {detail}{" "}
            <span className="text-muted">
              ({count.toLocaleString("en-US")}×{lines.length > 0 && `, lines ${lines.join(", ")}`})
            </span>
            {stores.length > 0 && <WarningStores stores={stores} count={count} />}
          </li>
        ))}
      </ul>
    </>
  );
}

const RejectedRows = dynamic(() => import("./rejected-rows").then((module) => module.RejectedRows));
const UndoImport = dynamic(() => import("./undo-import").then((module) => module.UndoImport));

/** One import, while it runs and after. */
export function ImportView({ importId }: { importId: number }) {
  const queryClient = useQueryClient();
  const query = useQuery(importQueries.one(importId));
  const { data, error, refetch } = query;
  const [undoing, setUndoing] = useState(false);
  const cancel = useMutation({
    ...importQueries.cancel(),
    onSettled: () => queryClient.invalidateQueries({ queryKey: importQueries.all() }),
  });
  if (!data) {
    return error ? (
      <ErrorView title="Couldn’t load this import" error={error} onRetry={() => void refetch()} />
    ) : (
      <div className="skeleton h-80" />
    );
  }
  return (
    <>
      <BackLink href="/imports" label="All imports" />
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="text-xl font-semibold tracking-tight">
          Import {data.id}: {importKindText[data.kind]}
        </h1>
        <ImportState state={data.state} />
      </div>
      <RefreshNotice queries={[query]} />
      <Panel
        title={data.file_name ?? "Unnamed file"}
        id="import"
        aside={
          <div className="flex flex-wrap gap-2">
            {isCancellable(data) && (
              <Button
                aria-disabled={cancel.isPending}
                onClick={() => {
                  if (!cancel.isPending) cancel.mutate(importId);
                }}
              >
                Cancel import
              </Button>
            )}
            {data.can_undo && (
              <Button
                onClick={() => {
                  setUndoing(true);
                }}
              >
                Undo import
              </Button>
            )}
            {(data.counts?.rejected ?? 0) > 0 && (
              <a href={data.links.rejects} download className={buttonClass()}>
                <Download aria-hidden className="size-4" />
                Download rejected rows
              </a>
            )}
          </div>
        }
      >
        <p className="text-muted mb-3">
          {formatBytes(data.progress.bytes_total)}, uploaded <UtcInstant at={data.created_at} />
          {data.dry_run && ". Dry run: nothing was imported"}
        </p>
        <ImportProgress value={data} />
        {cancel.error && (
          <p role="alert" className="text-down-ink">
            {cancel.error.message}
          </p>
        )}
        {data.counts && (
          <dl className="mt-3 flex flex-wrap gap-x-8 gap-y-3">
            {countEntries(data.counts).map(({ word, count }) => (
              <div key={word}>
                <dt className="text-muted text-xs">{word}</dt>
                <dd className="text-lg font-semibold">{count}</dd>
              </div>
            ))}
          </dl>
        )}
        {data.undone && (
          <p className="mt-3">
            Undone <UtcInstant at={data.undone.at} />: {undoneText(data)}.
          </p>
        )}
        <Warnings warnings={data.warnings} />
        <NextStep value={data} />
      </Panel>
      {(data.counts?.rejected ?? 0) > 0 && <RejectedRows value={data} />}
      {undoing && (
        <UndoImport
          value={data}
          onClose={() => {
            setUndoing(false);
          }}
        />
      )}
    </>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import Link from "next/link";
import { Button, buttonClass } from "@/components/ui/button";
import { ProgressBar } from "@/components/ui/progress-bar";
import { importQueries } from "@/lib/client/import-queries";
import type { ImportKindName } from "@/lib/contract/imports";
import { importKindNames, oneOf } from "@/lib/contract/enums";
import { formatBytes } from "@/lib/format/bytes";
import { ImportOutcome } from "./import-outcome";
import { ImportProgress } from "./import-progress";
import { ImportState } from "./import-state";
import { importKindText, sentText, type Sent } from "./import-text";

/** A file that was chosen, and what became of it. */
export interface Upload {
  readonly key: number;
  readonly file: File;
  readonly kind: ImportKindName | null;
  /** What the kind was guessed by; null where the user chose it, or where neither its name nor its header says it. */
  readonly guessedBy: "header" | "name" | null;
  /** While it is sent. */
  readonly sent: Sent | null;
  readonly importId: number | null;
  readonly fault: string | null;
}

interface UploadRowProps {
  readonly upload: Upload;
  readonly onKind: (kind: ImportKindName | null) => void;
  readonly onRemove: () => void;
}

/** The import that the file became, as it goes on. */
function Became({ importId }: { importId: number }) {
  const { data } = useQuery(importQueries.one(importId));
  if (!data) return null;
  return (
    <div className="mt-2 grid gap-2">
      <ImportProgress value={data} />
      <ImportOutcome value={data} />
    </div>
  );
}

function StateOf({ importId }: { importId: number }) {
  const { data } = useQuery(importQueries.one(importId));
  return data ? <ImportState state={data.state} /> : null;
}

export function UploadRow({ upload, onKind, onRemove }: UploadRowProps) {
  const { file, kind, guessedBy, sent, importId, fault } = upload;
  const text = sent === null ? "" : sentText(file.size, sent);
  return (
    <li className="border-line border-t py-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="min-w-0 break-all">
          <span className="font-medium">{file.name}</span>{" "}
          <span className="text-muted whitespace-nowrap">
            {formatBytes(file.size)}
            {guessedBy !== null &&
              sent === null &&
              `, detected from ${guessedBy === "header" ? "header" : "file name"}`}
          </span>
        </p>
        <div className="flex flex-wrap items-center gap-2">
          {importId === null ? (
            <select
              aria-label={`File type of ${file.name}`}
              value={kind ?? ""}
              disabled={sent !== null}
              onChange={(event) => {
                onKind(oneOf(importKindNames, event.target.value));
              }}
              className="border-line-strong bg-panel h-9 rounded-md border px-2 text-sm"
            >
              <option value="">Select file type</option>
              {importKindNames.map((name) => (
                <option key={name} value={name}>
                  {importKindText[name]}
                </option>
              ))}
            </select>
          ) : (
            <StateOf importId={importId} />
          )}
          {importId === null ? (
            <Button aria-label={`${sent === null ? "Remove" : "Stop upload of"} ${file.name}`} onClick={onRemove}>
              <X aria-hidden className="size-4" />
            </Button>
          ) : (
            <Link href={`/imports/${String(importId)}`} className={buttonClass()}>
              Import {importId}
            </Link>
          )}
        </div>
      </div>
      {sent !== null && importId === null && (
        <div className="mt-2">
          <ProgressBar label={`Upload of ${file.name}`} value={sent.share} text={text} />
          <p className="text-muted mt-1 text-xs">{text}</p>
        </div>
      )}
      {importId !== null && <Became importId={importId} />}
      {fault !== null && (
        <p role="alert" className="text-down-ink mt-1">
          {fault} Nothing was imported. Fix it and upload again.
        </p>
      )}
    </li>
  );
}

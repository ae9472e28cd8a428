"use client";

import { useQueryClient } from "@tanstack/react-query";
import { FileUp, X } from "lucide-react";
import Link from "next/link";
import { useRef, useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { ProgressBar } from "@/components/ui/progress-bar";
import { importQueries } from "@/lib/client/import-queries";
import { uploadFile } from "@/lib/client/upload-file";
import type { ImportKindName } from "@/lib/contract/imports";
import { importKindNames, oneOf } from "@/lib/contract/names";
import { bytesWords, guessKind, importKindWords } from "./import-words";

interface Chosen {
  readonly key: number;
  readonly file: File;
  readonly kind: ImportKindName | null;
  /** 0 to 1 while it is sent. */
  readonly sent: number | null;
  readonly importId: number | null;
  readonly fault: string | null;
}

let lastKey = 0;

function choose(file: File): Chosen {
  lastKey++;
  return { key: lastKey, file, kind: guessKind(file.name), sent: null, importId: null, fault: null };
}

interface RowProps {
  readonly entry: Chosen;
  readonly onKind: (kind: ImportKindName | null) => void;
  readonly onRemove: () => void;
}

function FileRow({ entry, onKind, onRemove }: RowProps) {
  const { file, kind, sent, importId, fault } = entry;
  const text = `${bytesWords(Math.floor((sent ?? 0) * file.size))} of ${bytesWords(file.size)} sent`;
  return (
    <li className="border-line border-t py-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="min-w-0 break-all">
          <span className="font-medium">{file.name}</span>{" "}
          <span className="text-muted whitespace-nowrap">{bytesWords(file.size)}</span>
        </p>
        <div className="flex items-center gap-2">
          <select
            aria-label={`What ${file.name} holds`}
            value={kind ?? ""}
            disabled={sent !== null}
            onChange={(event) => {
              onKind(oneOf(importKindNames, event.target.value));
            }}
            className="border-line-strong bg-panel h-9 rounded-md border px-2 text-sm"
          >
            <option value="">Choose what it holds</option>
            {importKindNames.map((name) => (
              <option key={name} value={name}>
                {importKindWords[name]}
              </option>
            ))}
          </select>
          {importId === null ? (
            <Button aria-label={`${sent === null ? "Remove" : "Stop sending"} ${file.name}`} onClick={onRemove}>
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
          <ProgressBar label={`Upload of ${file.name}`} value={sent} text={text} />
          <p className="text-muted mt-1 text-xs">{text}</p>
        </div>
      )}
      {fault !== null && (
        <p role="alert" className="text-down-ink mt-1">
          {fault}
        </p>
      )}
    </li>
  );
}

/** Takes files by drop or by choice and sends them one after the other; the imports go on without this page. */
export function UploadForm() {
  const queryClient = useQueryClient();
  const [entries, setEntries] = useState<readonly Chosen[]>([]);
  const [sending, setSending] = useState(false);
  const stops = useRef(new Map<number, AbortController>());

  const change = (key: number, part: Partial<Chosen>) => {
    setEntries((all) => all.map((entry) => (entry.key === key ? { ...entry, ...part } : entry)));
  };
  const add = (files: FileList | null) => {
    const chosen = [...(files ?? [])].map(choose);
    setEntries((all) => [...all, ...chosen]);
  };
  const remove = (key: number) => {
    stops.current.get(key)?.abort();
    setEntries((all) => all.filter((entry) => entry.key !== key));
  };
  const ready = entries.filter((entry) => entry.kind !== null && entry.importId === null && entry.sent === null);

  const send = async () => {
    setSending(true);
    for (const { key, file, kind } of ready) {
      if (kind === null) continue;
      const stop = new AbortController();
      stops.current.set(key, stop);
      change(key, { sent: 0, fault: null });
      try {
        const onProgress = (sent: number) => {
          change(key, { sent });
        };
        const taken = await uploadFile(file, { kind, signal: stop.signal, onProgress });
        change(key, { importId: taken.id });
      } catch (error) {
        change(key, { sent: null, fault: error instanceof Error ? error.message : "The file could not be sent." });
      }
      await queryClient.invalidateQueries({ queryKey: importQueries.all() });
    }
    setSending(false);
  };

  return (
    <Panel title="Import files" id="upload" className="mb-3">
      <label className="border-line-strong hover:bg-sunken focus-within:outline-accent relative flex flex-col items-center gap-1 rounded-md border border-dashed px-4 py-8 text-center focus-within:outline-2">
        <FileUp aria-hidden className="text-muted size-6" />
        <span className="font-medium">Drop CSV files here, or choose them</span>
        <span className="text-muted">Checks, business hours, time zones, names or single dates; .csv or .csv.gz</span>
        <input
          type="file"
          multiple
          accept=".csv,.gz,text/csv"
          // Over the whole field, invisible: browsers let files be dropped on it.
          className="absolute inset-0 cursor-pointer opacity-0"
          onChange={(event) => {
            add(event.target.files);
            event.target.value = "";
          }}
        />
      </label>
      {entries.length > 0 && (
        <>
          <ul className="mt-4" aria-label="Chosen files">
            {entries.map((entry) => (
              <FileRow
                key={entry.key}
                entry={entry}
                onKind={(kind) => {
                  change(entry.key, { kind });
                }}
                onRemove={() => {
                  remove(entry.key);
                }}
              />
            ))}
          </ul>
          <Button look="primary" disabled={sending || ready.length === 0} onClick={() => void send()}>
            {sending ? "Sending…" : ready.length === 1 ? "Import 1 file" : `Import ${String(ready.length)} files`}
          </Button>
        </>
      )}
    </Panel>
  );
}

"use client";

import { useQueryClient } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { importQueries } from "@/lib/client/import-queries";
import { readHeader } from "@/lib/client/read-header";
import { uploadFile } from "@/lib/client/upload-file";
import { FileFormats } from "./file-formats";
import { guessKindByHeader, guessKindByName } from "./guess-kind";
import { UploadRow, type Upload } from "./upload-row";

let lastKey = 0;

function choose(file: File): Upload {
  lastKey++;
  const kind = guessKindByName(file.name);
  return { key: lastKey, file, kind, guessedBy: kind && "name", sent: null, importId: null, fault: null };
}

function Option({
  checked,
  onChange,
  children,
}: {
  checked: boolean;
  onChange: (on: boolean) => void;
  children: ReactNode;
}) {
  return (
    <label className="flex min-h-6 items-center gap-2">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => {
          onChange(event.target.checked);
        }}
        className="accent-accent size-4 shrink-0"
      />
      <span>{children}</span>
    </label>
  );
}

/** Takes files by drop or by choice and sends them one after the other; the imports go on without this page. */
export function UploadForm() {
  const queryClient = useQueryClient();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const [sending, setSending] = useState(false);
  const [dryRun, setDryRun] = useState(false);
  const [abortOnReject, setAbortOnReject] = useState(false);
  const [fromBeginning, setFromBeginning] = useState(false);
  const stops = useRef(new Map<number, AbortController>());

  const change = (key: number, part: (upload: Upload) => Partial<Upload>) => {
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...part(one) } : one)));
  };
  const add = (files: FileList | null) => {
    const chosen = [...(files ?? [])].map(choose);
    setUploads((all) => [...all, ...chosen]);
    for (const { key, file } of chosen) {
      void readHeader(file).then((line) => {
        const kind = line === null ? null : guessKindByHeader(line);
        // Whoever has chosen meanwhile knows better.
        if (kind !== null)
          change(key, ({ guessedBy, kind: before }) => (guessedBy || !before ? { kind, guessedBy: "header" } : {}));
      });
    }
  };
  const remove = (key: number) => {
    stops.current.get(key)?.abort();
    setUploads((all) => all.filter((one) => one.key !== key));
  };
  const ready = uploads.filter((one) => one.kind !== null && one.importId === null && one.sent === null);

  const send = async () => {
    setSending(true);
    for (const { key, file, kind } of ready) {
      if (kind === null) continue;
      const stop = new AbortController();
      stops.current.set(key, stop);
      change(key, () => ({ sent: { share: 0, passedMs: 0 }, fault: null }));
      try {
        const onProgress = (share: number, passedMs: number) => {
          change(key, () => ({ sent: { share, passedMs } }));
        };
        const options = { kind, dryRun, abortOnReject, fromBeginning };
        const taken = await uploadFile(file, { ...options, signal: stop.signal, onProgress });
        queryClient.setQueryData(importQueries.one(taken.id).queryKey, taken);
        change(key, () => ({ importId: taken.id }));
      } catch (error) {
        const fault = error instanceof Error ? error.message : "Couldn’t upload the file.";
        change(key, () => ({ sent: null, fault }));
      }
      await queryClient.invalidateQueries({ queryKey: importQueries.lists() });
    }
    setSending(false);
  };

  return (
    <Panel title="Upload files" id="upload" className="mb-3">
      <label className="border-line-strong hover:bg-sunken focus-within:outline-accent relative flex flex-col items-center gap-1 rounded-md border border-dashed px-4 py-8 text-center focus-within:outline-2">
        <FileUp aria-hidden className="text-muted size-6" />
        <span className="font-medium">Drop CSV files here, or browse</span>
        <span className="text-muted">Checks, business hours, time zones, stores or special hours; .csv or .csv.gz</span>
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
      <FileFormats />
      {uploads.length > 0 && (
        <>
          <ul className="mt-4" aria-label="Selected files">
            {uploads.map((upload) => (
              <UploadRow
                key={upload.key}
                upload={upload}
                onKind={(kind) => {
                  change(upload.key, () => ({ kind, guessedBy: null }));
                }}
                onRemove={() => {
                  remove(upload.key);
                }}
              />
            ))}
          </ul>
          <div className="border-line flex flex-wrap items-center gap-x-6 gap-y-2 border-t pt-3">
            <Button
              look="primary"
              aria-disabled={sending || ready.length === 0}
              onClick={() => {
                if (!sending && ready.length > 0) void send();
              }}
            >
              {sending
                ? "Uploading…"
                : `${dryRun ? "Validate" : "Import"} ${ready.length === 1 ? "1 file" : `${String(ready.length)} files`}`}
            </Button>
            <Option checked={dryRun} onChange={setDryRun}>
              Dry run (validate only)
            </Option>
            <Option checked={abortOnReject} onChange={setAbortOnReject}>
              Reject the whole file if any row is invalid
            </Option>
            {uploads.some(({ kind }) => kind === "hours") && (
              <Option checked={fromBeginning} onChange={setFromBeginning}>
                Apply business hours to past days, too
              </Option>
            )}
          </div>
        </>
      )}
    </Panel>
  );
}

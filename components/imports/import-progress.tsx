"use client";

import { ProgressBar } from "@/components/ui/progress-bar";
import { isUnfinishedImport } from "@/lib/client/import-queries";
import type { Import } from "@/lib/contract/imports";
import { importProgressWords, importRatio, importStateWords, remedyWords } from "./import-words";

/** How far an import is, for eyes and ears; why it failed where it did. */
export function ImportProgress({ value }: { value: Import }) {
  return (
    <div>
      <p role="status" className="sr-only">
        Import {value.id}: {importStateWords[value.state]}
      </p>
      {isUnfinishedImport(value) && (
        <>
          <ProgressBar
            label={`Progress of import ${String(value.id)}`}
            value={importRatio(value)}
            text={importProgressWords(value)}
          />
          <p className="text-muted mt-1.5 text-xs">{importProgressWords(value)}</p>
        </>
      )}
      {value.error && (
        <p className="text-down-ink">
          {value.error.detail}
          {value.error.line !== undefined && ` (line ${String(value.error.line)})`} {remedyWords(value.error.code)}
        </p>
      )}
    </div>
  );
}

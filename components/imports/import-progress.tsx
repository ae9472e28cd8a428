"use client";

import { ProgressBar } from "@/components/ui/progress-bar";
import { isUnfinishedImport } from "@/lib/client/import-queries";
import type { Import } from "@/lib/contract/imports";
import { importErrorText, importProgressText, importRatio, importStateText } from "./import-text";

/** How far an import is, for eyes and ears; why it failed where it did. */
export function ImportProgress({ value }: { value: Import }) {
  return (
    <div>
      <p role="status" className="sr-only">
        Import {value.id}: {importStateText[value.state]}
      </p>
      {isUnfinishedImport(value) && (
        <>
          <ProgressBar
            label={`Progress of import ${String(value.id)}`}
            value={importRatio(value)}
            text={importProgressText(value)}
          />
          <p className="text-muted mt-1.5 text-xs">{importProgressText(value)}</p>
        </>
      )}
      {value.error && <p className="text-down-ink">{importErrorText(value.error)}</p>}
    </div>
  );
}

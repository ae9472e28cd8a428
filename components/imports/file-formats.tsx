import { importKindNames } from "@/lib/contract/enums";
import { templates } from "@/lib/contract/templates";
import { columnNotes, columnText } from "./column-text";
import { importKindText } from "./import-text";

/** What each kind of file contains, with a template to start from. */
export function FileFormats() {
  return (
    <details className="mt-3">
      <summary className="min-h-6 cursor-pointer py-0.5 font-medium">File formats and templates</summary>
      <p className="text-muted mt-1 text-pretty">
        CSV with a header, in UTF-8. Columns may be in any order. Optional columns may be left out.
      </p>
      <div className="mt-3 grid gap-x-8 gap-y-5 md:grid-cols-2">
        {importKindNames.map((kind) => (
          <section key={kind} aria-label={importKindText[kind]}>
            <h3 className="flex flex-wrap items-baseline justify-between gap-x-3 font-medium">
              {importKindText[kind]}
              <a href={templates[kind]} download className="min-h-6 text-sm font-normal underline">
                Template<span className="sr-only"> for {importKindText[kind].toLowerCase()}</span>
              </a>
            </h3>
            <dl className="divide-line mt-1 divide-y">
              {columnText[kind].map(({ name, takes, isOptional }) => (
                <div key={name} className="grid gap-x-3 py-1 sm:grid-cols-[9.5rem_minmax(0,1fr)]">
                  <dt className="font-mono text-xs leading-5 break-all">
                    {name}
                    {isOptional === true && <span className="text-muted font-sans"> optional</span>}
                  </dt>
                  <dd className="text-muted text-pretty">{takes}</dd>
                </div>
              ))}
            </dl>
            {columnNotes[kind] !== undefined && <p className="text-muted mt-1 text-pretty">{columnNotes[kind]}</p>}
          </section>
        ))}
      </div>
    </details>
  );
}

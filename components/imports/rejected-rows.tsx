"use client";

import { useQuery } from "@tanstack/react-query";
import { AsyncPanel } from "@/components/ui/async-panel";
import { Panel } from "@/components/ui/panel";
import { importQueries } from "@/lib/client/import-queries";
import type { Import } from "@/lib/contract/imports";

/** The first rejected rows of an import, with the reason of each. */
export function RejectedRows({ value: { id, counts } }: { value: Import }) {
  const query = useQuery(importQueries.rejects(id));
  const total = counts?.rejected ?? 0;
  return (
    <Panel title="Rejected rows" id="rejected-rows" className="mt-3">
      <AsyncPanel what="rejected rows" query={query} height="h-40">
        {({ rejects }) => (
          <>
            {rejects.length < total && (
              <p className="text-muted mb-2">
                The first {rejects.length} of {total.toLocaleString("en-US")}. Download the rejected rows for more.
              </p>
            )}
            <table className="w-full text-left">
              <caption className="sr-only">Rejected rows</caption>
              <thead className="text-muted text-xs">
                <tr>
                  {["Line", "Reason and row"].map((word) => (
                    <th key={word} scope="col" className="py-1.5 pr-4 font-medium">
                      {word}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rejects.map(({ line, column, reason, row }) => (
                  <tr key={`${String(line)} ${column}`} className="border-line border-t align-top">
                    <th scope="row" className="py-1.5 pr-4 font-medium">
                      {line}
                    </th>
                    <td className="py-1.5">
                      <p className="wrap-break-word">
                        {column !== "" && <code className="font-mono text-xs">{column}: </code>}
                        {reason}
                      </p>
                      <p className="text-muted font-mono text-xs break-all">{row}</p>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        )}
      </AsyncPanel>
    </Panel>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { storeEditQueries } from "@/lib/client/store-edit-queries";
import type { HoursPreview, PutStoreHours } from "@/lib/contract/store-hours";
import { formatOpenTime } from "@/lib/format/duration";
import { estimateText } from "@/components/stores/uptime-text";

const rows: readonly { readonly word: string; readonly of: (estimate: HoursPreview["after"]) => string }[] = [
  { word: "Uptime", of: estimateText },
  { word: "Open", of: ({ open_ms: open }) => formatOpenTime(open) },
  { word: "Down", of: ({ down_ms: down }) => formatOpenTime(down) },
  { word: "No data", of: ({ unknown_ms: unknown }) => formatOpenTime(unknown) },
];

/** What changed hours would make of the last 7 days. */
export function HoursEffect({ storeId, hours }: { storeId: string; hours: PutStoreHours }) {
  const { data, error } = useQuery({ ...storeEditQueries.preview(storeId, hours), placeholderData: (shown) => shown });
  return (
    <div className="border-line bg-sunken rounded-panel min-h-44 border p-3">
      <h3 className="font-medium">Effect on the last 7 days</h3>
      {error ? (
        <p role="alert" className="text-down-ink mt-1">
          {error.message}
        </p>
      ) : data === undefined ? (
        <p role="status" className="text-muted mt-1">
          Computing…
        </p>
      ) : (
        <table className="mt-1 w-full max-w-sm border-collapse">
          <caption className="sr-only">Figures of the last 7 days with the stored and with the new hours</caption>
          <thead className="text-muted text-xs">
            <tr>
              <td />
              <th scope="col" className="h-7 text-right font-medium">
                Now
              </th>
              <th scope="col" className="h-7 text-right font-medium">
                After saving
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ word, of }) => (
              <tr key={word} className="border-line border-t">
                <th scope="row" className="h-7 text-left font-normal">
                  {word}
                </th>
                <td className="text-right">{of(data.before)}</td>
                <td className="text-right font-medium">{of(data.after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

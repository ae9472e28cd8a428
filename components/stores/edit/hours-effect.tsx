import { keepPreviousData, useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { useEffect, useState } from "react";
import { storeEditQueries } from "@/lib/client/store-edit-queries";
import type { HoursPreview, PutStoreHours } from "@/lib/contract/store-hours";
import { formatOpenTime } from "@/lib/format/duration";
import { uptimeText } from "@/components/stores/uptime-text";

const rows: readonly { readonly word: string; readonly of: (estimate: HoursPreview["after"]) => string }[] = [
  { word: "Uptime", of: (estimate) => uptimeText("week", estimate).headline },
  { word: "Open", of: ({ open_ms: open }) => formatOpenTime(open) },
  { word: "Down", of: ({ down_ms: down }) => formatOpenTime(down) },
  { word: "No data", of: ({ unknown_ms: unknown }) => formatOpenTime(unknown) },
];

const settledMs = 400;

/** The last text that has stopped changing, so that typing asks for nothing. @param text null while it is incomplete */
function useSettled(text: string | null): string | null {
  const [settled, setSettled] = useState<string | null>(null);
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(() => {
      setSettled(text);
    }, settledMs);
    return () => {
      clearTimeout(timer);
    };
  }, [text]);
  return settled;
}

/**
 * What changed hours would make of the last 7 days. The last figures stay while others are on their way.
 * @param hours null while they are incomplete
 */
export function HoursEffect({ storeId, hours }: { storeId: string; hours: PutStoreHours | null }) {
  const text = hours === null ? null : JSON.stringify(hours);
  const settled = useSettled(text);
  const { data, error, isPlaceholderData } = useQuery({
    ...storeEditQueries.preview(storeId, settled === null ? null : (JSON.parse(settled) as PutStoreHours)),
    placeholderData: keepPreviousData,
  });
  const isUpdating = settled !== text || isPlaceholderData;
  return (
    <div className="border-line bg-sunken rounded-panel min-h-44 border p-3">
      <h3 className="font-medium">Effect on the last 7 days</h3>
      {error ? (
        <p role="alert" className="text-down-ink mt-1">
          {error.message}
        </p>
      ) : data === undefined ? (
        <p className="text-muted mt-1">{hours === null ? "Complete the hours to see it." : "Computing…"}</p>
      ) : (
        <table
          aria-busy={isUpdating}
          className={clsx("mt-1 w-full max-w-sm border-collapse", isUpdating && "opacity-60")}
        >
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

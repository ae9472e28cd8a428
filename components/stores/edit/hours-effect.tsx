import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { storeEditQueries } from "@/lib/client/store-edit-queries";
import type { HoursPreview, PutStoreHours } from "@/lib/contract/store-hours";
import { formatOpenTime } from "@/lib/format/duration";
import { uptimeText } from "@/components/stores/uptime-text";
import { BeforeAfter } from "./before-after";
import { useSettled } from "./use-settled";

const rows: readonly { readonly word: string; readonly of: (estimate: HoursPreview["after"]) => string }[] = [
  { word: "Uptime", of: (estimate) => uptimeText("week", estimate).headline },
  { word: "Open", of: ({ open_ms: open }) => formatOpenTime(open) },
  { word: "Down", of: ({ down_ms: down }) => formatOpenTime(down) },
  { word: "No data", of: ({ unknown_ms: unknown }) => formatOpenTime(unknown) },
];

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
        <BeforeAfter
          caption="Figures of the last 7 days with the stored and with the new hours"
          isUpdating={isUpdating}
          rows={rows.map(({ word, of }) => ({ word, before: of(data.before), after: of(data.after) }))}
        />
      )}
    </div>
  );
}

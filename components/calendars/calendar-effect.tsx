import { DateWords } from "@/components/ui/date-words";
import { useTimeStyle } from "@/components/ui/reader";
import { BeforeAfter } from "@/components/stores/edit/before-after";
import type { CalendarPreview } from "@/lib/contract/calendars";
import { formatOpenTime } from "@/lib/format/duration";
import { formatPercent } from "@/lib/format/percent";
import { dateText } from "@/lib/format/time-style";
import { CalendarDates } from "./calendar-dates";

type Figures = CalendarPreview["before"];

/** The first of all dates, from which a change without a beginning applies. */
const beginning = "2000-01-01";

const rows: readonly { readonly word: string; readonly of: (figures: Figures) => string }[] = [
  {
    word: "Uptime",
    of: ({ up_ms: up, down_ms: down }) => formatPercent(up + down === 0 ? null : up / (up + down), 1),
  },
  { word: "Open", of: ({ open_ms: open }) => formatOpenTime(open) },
  { word: "Down", of: ({ down_ms: down }) => formatOpenTime(down) },
  { word: "No data", of: ({ unknown_ms: unknown }) => formatOpenTime(unknown) },
];

const counted = (count: number, one: string, several: string): string =>
  `${count.toLocaleString("en-US")} ${count === 1 ? one : several}`;

/** What saving a calendar would do. */
export function CalendarEffect({ preview }: { preview: CalendarPreview }) {
  const style = useTimeStyle();
  const { valid_from: from, stores, dates, total_dates: total, skipped_dates: skipped, own_dates: own } = preview;
  const day = (date: string) => dateText("fullDate", new Date(`${date}T00:00:00Z`), style);
  return (
    <div className="grid gap-3">
      <div>
        <p className="font-medium">
          {counted(stores, "store", "stores")}, {counted(total, "date", "dates")}
        </p>
        <p className="text-muted text-pretty">
          {from === beginning ? (
            "Applies to all dates. Past figures are recalculated."
          ) : (
            <>
              Applies from <DateWords>{day(from)}</DateWords>. Figures of earlier days do not change.
            </>
          )}
        </p>
        {skipped > 0 && (
          <p className="text-pretty">
            {counted(skipped, "date is", "dates are")} before that and not applied. Choose an earlier date to apply
            them.
          </p>
        )}
        {own > 0 && (
          <p className="text-pretty">
            On {counted(own, "date", "dates")} below, counted per store, a store’s own special hours apply instead.
          </p>
        )}
      </div>
      <CalendarDates label="Dates of the calendar" dates={dates} total={total} />
      <div>
        <h3 className="font-medium">Last 7 days of these stores</h3>
        <BeforeAfter
          caption="Figures of the last 7 days of these stores with and without the change"
          rows={rows.map(({ word, of }) => ({ word, before: of(preview.before), after: of(preview.after) }))}
        />
      </div>
    </div>
  );
}

import { DateWords } from "@/components/ui/date-words";
import { useTimeStyle } from "@/components/ui/reader";
import { exceptionText } from "@/components/stores/hours-text";
import type { CalendarPreview } from "@/lib/contract/calendars";
import { dateText } from "@/lib/format/time-style";

interface CalendarDatesProps {
  readonly label: string;
  readonly dates: CalendarPreview["dates"];
  /** Of all dates, listed or not. */
  readonly total: number;
}

/** Dates of a calendar, with their names and hours. */
export function CalendarDates({ label, dates, total }: CalendarDatesProps) {
  const style = useTimeStyle();
  const more = total - dates.length;
  if (dates.length === 0) return <p className="text-muted">No coming dates.</p>;
  const texts = exceptionText(dates, style);
  return (
    <>
      <div
        role="region"
        aria-label={label}
        tabIndex={0}
        className="border-line max-h-72 overflow-y-auto rounded-md border"
      >
        <table className="w-full border-collapse">
          <caption className="sr-only">{label}</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">Date</th>
              <th scope="col">Name and hours</th>
            </tr>
          </thead>
          <tbody>
            {dates.map(({ date, name }, index) => (
              <tr key={date} className="border-line border-t first:border-t-0">
                <th scope="row" className="px-2.5 py-1.5 text-left align-top font-normal whitespace-nowrap">
                  <DateWords>{dateText("fullDate", new Date(`${date}T00:00:00Z`), style)}</DateWords>
                </th>
                <td className="px-2.5 py-1.5">
                  <span className="wrap-break-word">{name}</span>
                  <span className="text-muted block text-xs">{texts[index]?.hours.join(", ")}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more > 0 && <p className="text-muted mt-1 text-xs">{more.toLocaleString("en-US")} more dates</p>}
    </>
  );
}

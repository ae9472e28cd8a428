import type { HoursChanges, HoursFields } from "./hours-fields";

export const firstDateId = "first-date";

interface ApplyFromProps {
  readonly fields: HoursFields;
  readonly changes: HoursChanges;
  readonly isDateMissing: boolean;
  readonly onChange: (change: Partial<Pick<HoursFields, "isFromStart" | "date">>) => void;
}

function effectText({ isFromStart }: HoursFields, { zone, hours }: HoursChanges): string {
  const ofHours = isFromStart
    ? "Replaces all earlier hours. Past figures are recalculated."
    : "Figures of earlier days keep the hours of those days.";
  if (!zone) return ofHours;
  return hours ? `${ofHours} A new time zone applies to all days.` : "A new time zone applies to all days.";
}

/** Whether changed hours are new hours, or correct the past too. */
export function ApplyFrom({ fields, changes, isDateMissing, onChange }: ApplyFromProps) {
  const { isFromStart, date } = fields;
  const errorId = `${firstDateId}-error`;
  return (
    <fieldset>
      <legend className="mb-1 font-medium">Apply these hours</legend>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1">
        <label className="flex min-h-9 items-center gap-2">
          <input
            type="radio"
            name="apply"
            checked={!isFromStart}
            onChange={() => {
              onChange({ isFromStart: false });
            }}
          />
          From a date on
        </label>
        {!isFromStart && (
          <input
            id={firstDateId}
            type="date"
            aria-label="First date"
            aria-invalid={isDateMissing}
            aria-describedby={isDateMissing ? errorId : undefined}
            required
            min="2000-01-01"
            max="2099-12-31"
            value={date}
            className="border-line-strong bg-panel h-9 rounded-md border px-2 text-sm"
            onChange={(event) => {
              onChange({ date: event.target.value });
            }}
          />
        )}
        <label className="flex min-h-9 items-center gap-2">
          <input
            type="radio"
            name="apply"
            checked={isFromStart}
            onChange={() => {
              onChange({ isFromStart: true });
            }}
          />
          From the beginning
        </label>
      </div>
      {isDateMissing && (
        <p id={errorId} role="alert" className="text-down-ink text-xs">
          Choose a date.
        </p>
      )}
      <p className="text-muted text-xs text-pretty">{effectText(fields, changes)}</p>
    </fieldset>
  );
}

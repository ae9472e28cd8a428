export const firstDateId = "first-date";

/** From when on a change applies. */
export interface AppliesFrom {
  readonly isFromStart: boolean;
  /** The first local date; empty while none is chosen. */
  readonly date: string;
}

interface ApplyFromProps extends AppliesFrom {
  /** "Apply these hours" */
  readonly legend: string;
  /** What the choice means for figures. */
  readonly effect: string;
  readonly isDateMissing: boolean;
  /** Of the field of the date: unique in the page. */
  readonly dateId?: string;
  readonly onChange: (change: Partial<AppliesFrom>) => void;
}

/** Whether a change is new from a date on, or corrects the past too. */
export function ApplyFrom({ legend, effect, isFromStart, date, isDateMissing, dateId, onChange }: ApplyFromProps) {
  const id = dateId ?? firstDateId;
  const errorId = `${id}-error`;
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{legend}</legend>
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
            id={id}
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
      <p className="text-muted text-xs text-pretty">{effect}</p>
    </fieldset>
  );
}

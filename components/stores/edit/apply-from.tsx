import { beginning } from "./hours-draft";

interface ApplyFromProps {
  /** A local date, or the beginning. */
  readonly from: string;
  /** The local date of the newest data. */
  readonly today: string;
  readonly onChange: (from: string) => void;
}

/** Whether changed hours are new hours, or correct the past too. */
export function ApplyFrom({ from, today, onChange }: ApplyFromProps) {
  const isFromStart = from === beginning;
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
              onChange(today);
            }}
          />
          From a date on
        </label>
        {!isFromStart && (
          <input
            type="date"
            aria-label="First date"
            required
            min="2000-01-01"
            max="2099-12-31"
            value={from}
            className="border-line-strong bg-panel h-9 rounded-md border px-2 text-sm"
            onChange={(event) => {
              onChange(event.target.value);
            }}
          />
        )}
        <label className="flex min-h-9 items-center gap-2">
          <input
            type="radio"
            name="apply"
            checked={isFromStart}
            onChange={() => {
              onChange(beginning);
            }}
          />
          To the whole past
        </label>
      </div>
      <p className="text-muted text-xs text-pretty">
        {isFromStart
          ? "Replaces all earlier hours: every past figure is calculated with these."
          : "Figures of earlier days keep the hours of those days."}
      </p>
    </fieldset>
  );
}

import { ApplyFrom } from "@/components/stores/edit/apply-from";
import { fromText, withRows, type HoursFields } from "@/components/stores/edit/hours-fields";
import { PasteHours } from "@/components/stores/edit/paste-hours";
import { WeekEditor } from "@/components/stores/edit/week-editor";

interface BulkHoursProps {
  readonly fields: HoursFields;
  readonly onChange: (change: (fields: HoursFields) => HoursFields) => void;
}

/** The weekly hours that several stores get, and from when. */
export function BulkHours({ fields, onChange }: BulkHoursProps) {
  const change = (part: Partial<HoursFields>) => {
    onChange((present) => ({ ...present, ...part }));
  };
  return (
    <div className="grid gap-3">
      <fieldset className="flex flex-wrap gap-x-5 gap-y-1">
        <legend className="mb-1 font-medium">Weekly hours</legend>
        {[false, true].map((isAlways) => (
          <label key={String(isAlways)} className="flex min-h-8 items-center gap-2">
            <input
              type="radio"
              name="bulk-mode"
              checked={fields.isAlways === isAlways}
              onChange={() => {
                change({ isAlways });
              }}
            />
            {isAlways ? "Open 24/7" : "Hours on each day"}
          </label>
        ))}
      </fieldset>
      <PasteHours
        onRead={(rows) => {
          onChange((present) => withRows(present, rows));
        }}
      />
      {!fields.isAlways && (
        <WeekEditor
          week={fields.week}
          onChange={(week) => {
            change({ week });
          }}
        />
      )}
      <ApplyFrom
        legend="Apply these hours"
        effect={fromText(fields, { zone: false, hours: true })}
        isFromStart={fields.isFromStart}
        date={fields.date}
        isDateMissing={!fields.isFromStart && fields.date === ""}
        onChange={change}
      />
    </div>
  );
}

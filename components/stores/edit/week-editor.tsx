import { Button } from "@/components/ui/button";
import { weekdayNames } from "@/components/stores/hours-text";
import { faultOf, spansOf, type WeekDraft } from "./hours-draft";
import { OpeningsEditor } from "./openings-editor";

interface WeekEditorProps {
  readonly week: WeekDraft;
  readonly onChange: (week: WeekDraft) => void;
}

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/** A day from midnight to midnight, with the end of the night before. */
function DayBar({ week, day }: { week: WeekDraft; day: number }) {
  return (
    <div
      aria-hidden
      className="bg-sunken border-line relative h-3 overflow-hidden rounded-xs border"
      style={{ forcedColorAdjust: "none" }}
    >
      {spansOf(week, day).map(({ from, width }) => (
        <div key={from} className="bg-up absolute inset-y-0" style={{ left: percent(from), width: percent(width) }} />
      ))}
    </div>
  );
}

/** The hours of the week, a row a day. */
export function WeekEditor({ week, onChange }: WeekEditorProps) {
  const monday = week[0] ?? [];
  return (
    <div className="divide-line divide-y">
      {week.map((openings, day) => {
        const name = weekdayNames[day] ?? "";
        const fault = faultOf(openings);
        return (
          <div
            key={name}
            role="group"
            aria-label={name}
            className="grid gap-x-4 gap-y-1.5 py-3 sm:grid-cols-[6.5rem_minmax(0,1fr)_10rem]"
          >
            <span className="font-medium sm:pt-2">{name}</span>
            <div>
              <OpeningsEditor
                of={name}
                openings={openings}
                onChange={(changed) => {
                  onChange(week.map((one, index) => (index === day ? changed : one)));
                }}
              />
              {fault !== null && (
                <p role="alert" className="text-down-ink mt-1 text-xs">
                  {fault}
                </p>
              )}
            </div>
            <div className="sm:pt-3">
              <DayBar week={week} day={day} />
            </div>
          </div>
        );
      })}
      <div className="pt-3">
        <Button
          onClick={() => {
            onChange(week.map(() => monday));
          }}
        >
          Copy Monday to all days
        </Button>
      </div>
    </div>
  );
}

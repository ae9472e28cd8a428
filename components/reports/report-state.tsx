import clsx from "clsx";
import { Ban, CircleCheck, CircleX, Clock, LoaderCircle, type LucideIcon } from "lucide-react";
import type { Report } from "@/lib/contract/reports";
import { reportStateText, shownState, type ShownState } from "./report-text";

const looks: Record<ShownState, { icon: LucideIcon; look: string }> = {
  queued: { icon: Clock, look: "border-dashed border-line-strong text-muted" },
  running: { icon: LoaderCircle, look: "border-transparent bg-accent-soft text-accent" },
  complete: { icon: CircleCheck, look: "border-transparent bg-up-soft text-up-ink" },
  failed: { icon: CircleX, look: "border-down bg-down-soft text-down-ink" },
  cancelled: { icon: Ban, look: "border-transparent bg-sunken text-muted" },
};

/** A report's state by word, icon, colour and border. */
export function ReportState({ report }: { report: Pick<Report, "state" | "failure"> }) {
  const state = shownState(report);
  const { icon: Icon, look } = looks[state];
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-1.5 rounded-full border px-2 py-0.5 text-xs font-medium whitespace-nowrap",
        look,
      )}
    >
      <Icon aria-hidden className="size-3.5" />
      {reportStateText[state]}
    </span>
  );
}

import { Ban, CircleCheck, CircleX, Clock, LoaderCircle, type LucideIcon } from "lucide-react";
import { StateBadge, type BadgeTone } from "@/components/ui/state-badge";
import type { Report } from "@/lib/contract/reports";
import { reportStateText, shownState, type ShownState } from "./report-text";

const looks: Record<ShownState, { icon: LucideIcon; tone: BadgeTone }> = {
  queued: { icon: Clock, tone: "waiting" },
  running: { icon: LoaderCircle, tone: "busy" },
  complete: { icon: CircleCheck, tone: "good" },
  failed: { icon: CircleX, tone: "bad" },
  cancelled: { icon: Ban, tone: "ended" },
};

/** The state of a report. */
export function ReportState({ report }: { report: Pick<Report, "state" | "failure"> }) {
  const state = shownState(report);
  return <StateBadge {...looks[state]}>{reportStateText[state]}</StateBadge>;
}

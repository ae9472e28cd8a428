import { CircleCheck, CircleSlash, CircleX, Clock, LoaderCircle, TriangleAlert, type LucideIcon } from "lucide-react";
import { StateBadge, type BadgeTone } from "@/components/ui/state-badge";
import type { ImportState as State } from "@/lib/contract/imports";
import { importStateText } from "./import-text";

const waiting = { icon: Clock, tone: "waiting" } as const;
const busy = { icon: LoaderCircle, tone: "busy" } as const;
const ended = { icon: CircleSlash, tone: "ended" } as const;

const looks: Record<State, { icon: LucideIcon; tone: BadgeTone }> = {
  receiving: busy,
  queued: waiting,
  running: busy,
  complete: { icon: CircleCheck, tone: "good" },
  complete_with_rejects: { icon: TriangleAlert, tone: "bad" },
  failed: { icon: CircleX, tone: "bad" },
  cancelled: ended,
  undoing: busy,
  undone: ended,
};

/** The state of an import. */
export function ImportState({ state }: { state: State }) {
  return <StateBadge {...looks[state]}>{importStateText[state]}</StateBadge>;
}

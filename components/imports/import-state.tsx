import clsx from "clsx";
import { CircleCheck, CircleSlash, CircleX, Clock, LoaderCircle, TriangleAlert, type LucideIcon } from "lucide-react";
import type { ImportState as State } from "@/lib/contract/imports";
import { importStateText } from "./import-text";

const waiting = { icon: Clock, look: "border-dashed border-line-strong text-muted" };
const busy = { icon: LoaderCircle, look: "border-transparent bg-accent-soft text-accent" };
const ended = { icon: CircleSlash, look: "border-line bg-sunken text-muted" };

const looks: Record<State, { icon: LucideIcon; look: string }> = {
  receiving: busy,
  queued: waiting,
  running: busy,
  complete: { icon: CircleCheck, look: "border-transparent bg-up-soft text-up-ink" },
  complete_with_rejects: { icon: TriangleAlert, look: "border-down bg-down-soft text-down-ink" },
  failed: { icon: CircleX, look: "border-down bg-down-soft text-down-ink" },
  cancelled: ended,
  undoing: busy,
  undone: ended,
};

/** An import's state by word, icon, colour and border. */
export function ImportState({ state }: { state: State }) {
  const { icon: Icon, look } = looks[state];
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-1.5 rounded-full border px-2 py-0.5 text-xs font-medium whitespace-nowrap",
        look,
      )}
    >
      <Icon aria-hidden className="size-3.5" />
      {importStateText[state]}
    </span>
  );
}

import clsx from "clsx";
import type { ReactNode } from "react";
import { DateWords } from "./date-words";

interface PanelProps {
  readonly title: string;
  /** Unique in the page; names the region. */
  readonly id: string;
  /** Stands at the right of the title. */
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A titled part of a page. */
export function Panel({ title, id, aside, className, children }: PanelProps) {
  return (
    <section
      aria-labelledby={id}
      className={clsx("border-line bg-panel rounded-panel flex min-w-0 flex-col border", className)}
    >
      <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 pt-3 pb-2">
        <h2 id={id} className="text-sm font-semibold">
          <DateWords>{title}</DateWords>
        </h2>
        {aside}
      </div>
      <div className="min-h-0 flex-1 px-4 pb-4">{children}</div>
    </section>
  );
}

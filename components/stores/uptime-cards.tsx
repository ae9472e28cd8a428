"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { windowNames } from "@/lib/contract/enums";
import type { StoreUptime } from "@/lib/contract/uptime";
import type { Clock } from "@/lib/format/zoned-time";
import type { WindowName } from "@/lib/uptime/types";
import type { ExplainedFigure } from "./explain-dialog";
import { UptimeCard } from "./uptime-card";

/** Comes with the first click: most visits need none of it. */
const LazyExplainDialog = dynamic(() => import("./explain-dialog").then((module) => module.ExplainDialog), {
  ssr: false,
});

/**
 * The three windows; a click on a figure shows what it is the sum of.
 * @param clock the zone that times are shown in
 */
export function UptimeCards({ uptime, clock }: { uptime: StoreUptime; clock: Clock }) {
  const [explained, setExplained] = useState<{ window: WindowName; figure: ExplainedFigure } | null>(null);
  return (
    <>
      <div className="grid gap-3 md:grid-cols-3 print:grid-cols-3">
        {windowNames.map((window) => (
          <UptimeCard
            key={window}
            window={window}
            estimate={uptime.windows[window]}
            previous={uptime.previous[window]}
            onExplain={(figure) => {
              setExplained({ window, figure });
            }}
          />
        ))}
      </div>
      {explained && (
        <LazyExplainDialog
          storeId={uptime.store_id}
          asOf={uptime.as_of}
          clock={clock}
          {...explained}
          onClose={() => {
            setExplained(null);
          }}
        />
      )}
    </>
  );
}

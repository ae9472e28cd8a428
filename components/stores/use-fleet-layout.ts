"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import {
  columnsText,
  fleetColumns,
  rememberColumns,
  rememberDensity,
  type Density,
  type FleetColumn,
  type FleetLayout,
} from "@/lib/client/fleet-layout";
import { fleetHref, type FleetParams } from "@/lib/client/page-params";

export interface FleetLayoutChoice extends FleetLayout {
  readonly toggleColumn: (column: FleetColumn) => void;
  readonly setDensity: (density: Density) => void;
}

/** What the reader chose last: on the way back, Next shows the page as it was rendered. Only set in a browser. */
let latest: FleetLayout | null = null;

/** The layout of the list of stores: the address's columns or the reader's own, and how the reader changes it. */
export function useFleetLayout(remembered: FleetLayout, params: FleetParams): FleetLayoutChoice {
  const router = useRouter();
  const [own, setOwn] = useState(latest ?? remembered);
  /** The columns of the address that the reader has changed, until the address follows. */
  const [left, setLeft] = useState("");
  if (left !== "" && params.columns === null) setLeft("");
  const named = params.columns !== null && columnsText(params.columns) !== left ? params.columns : null;
  const columns = named ?? own.columns;
  const choose = (chosen: FleetLayout) => {
    latest = chosen;
    setOwn(chosen);
  };
  return {
    density: own.density,
    columns,
    toggleColumn: (column) => {
      const chosen = fleetColumns.filter((one) => (one === column) !== columns.includes(one));
      rememberColumns(chosen);
      choose({ ...own, columns: chosen });
      if (params.columns === null) return;
      // From now on the reader's own choice counts.
      setLeft(columnsText(params.columns));
      router.replace(fleetHref({ ...params, columns: null }), { scroll: false });
    },
    setDensity: (density) => {
      rememberDensity(density);
      choose({ ...own, density });
    },
  };
}

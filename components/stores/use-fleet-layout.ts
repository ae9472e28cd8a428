"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import {
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

/** The layout of the list of stores: the address's columns or the reader's own, and how the reader changes it. */
export function useFleetLayout(remembered: FleetLayout, params: FleetParams): FleetLayoutChoice {
  const router = useRouter();
  const [own, setOwn] = useState(remembered);
  const columns = params.columns ?? own.columns;
  return {
    density: own.density,
    columns,
    toggleColumn: (column) => {
      const chosen = fleetColumns.filter((one) => (one === column) !== columns.includes(one));
      rememberColumns(chosen);
      setOwn({ ...own, columns: chosen });
      // From now on the reader's own choice counts.
      if (params.columns !== null) router.replace(fleetHref({ ...params, columns: null }), { scroll: false });
    },
    setDensity: (density) => {
      rememberDensity(density);
      setOwn({ ...own, density });
    },
  };
}

"use client";

import { useRouter } from "next/navigation";
import { fleetDefaults, filteredHref, pageSizes, type FleetParams } from "@/lib/client/page-params";

/** How many stores a page lists. */
export function PageSize({ params }: { params: FleetParams }) {
  const router = useRouter();
  return (
    <label className="text-muted flex items-center gap-2">
      Rows per page
      <select
        value={params.size}
        className="border-line-strong bg-panel text-ink h-9 rounded-md border px-2 text-sm"
        onChange={({ target }) => {
          const size = pageSizes.find((one) => String(one) === target.value) ?? fleetDefaults.size;
          router.push(filteredHref(params, { size }), { scroll: false });
        }}
      >
        {pageSizes.map((size) => (
          <option key={size} value={size}>
            {size}
          </option>
        ))}
      </select>
    </label>
  );
}

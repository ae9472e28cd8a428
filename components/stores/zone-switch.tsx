"use client";

import { SegmentedLinks } from "@/components/ui/segmented-links";
import { useViewerZone } from "@/components/ui/viewer-zone";
import { storeHref, type StoreParams } from "@/lib/client/store-params";

/** On whose clock the page runs: the store's, the reader's, or UTC; a zone that somebody else's link brought is a fourth. */
export function ZoneSwitch({ storeId, params }: { storeId: string; params: StoreParams }) {
  const mine = useViewerZone();
  const { zone } = params;
  const at = (choice: string | null) => storeHref(storeId, { ...params, zone: choice });
  const isOther = zone !== null && zone !== "UTC" && mine !== null && zone.toLowerCase() !== mine.toLowerCase();
  return (
    <SegmentedLinks
      label="Times in"
      choices={[
        { href: at(null), label: "Store", chosen: zone === null },
        {
          href: mine === null ? null : at(mine),
          label: "Mine",
          // Until it is known who reads, a named zone is most likely the reader's own.
          chosen: zone !== null && zone !== "UTC" && !isOther,
        },
        { href: at("UTC"), label: "UTC", chosen: zone === "UTC" },
        ...(isOther ? [{ href: at(zone), label: zone, chosen: true }] : []),
      ]}
    />
  );
}

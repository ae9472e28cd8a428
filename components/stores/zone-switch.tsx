"use client";

import { SegmentedLinks } from "@/components/ui/segmented-links";
import { useViewerZone } from "@/components/ui/viewer-zone";
import { storeHref, type StoreParams } from "@/lib/client/store-params";

/** The browser's one name for a zone, which may have several: Asia/Kathmandu and Asia/Katmandu are the same. */
function nameOf(zone: string): string {
  return new Intl.DateTimeFormat("en-US", { timeZone: zone }).resolvedOptions().timeZone;
}

/** On whose clock the page runs: the store's, the reader's, or UTC; a zone that somebody else's link brought is a fourth. */
export function ZoneSwitch({ storeId, params }: { storeId: string; params: StoreParams }) {
  const mine = useViewerZone();
  const { zone } = params;
  const at = (choice: string | null) => storeHref(storeId, { ...params, zone: choice });
  const isOther = zone !== null && zone !== "UTC" && mine !== null && nameOf(zone) !== nameOf(mine);
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

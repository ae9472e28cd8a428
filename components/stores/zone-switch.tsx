"use client";

import { SegmentedLinks } from "@/components/ui/segmented-links";
import { useViewerZone } from "@/components/ui/reader";
import { choiceCookies, remember } from "@/lib/client/reader-choices";
import { storeHref, type StoreParams } from "@/lib/client/store-params";

const choose = (zone: "store" | "mine" | "UTC") => () => {
  remember(choiceCookies.zone, zone);
};

/**
 * On whose clock the page runs: the store's, the reader's, or UTC; a zone that somebody else's link brought is a fourth.
 * What is chosen is remembered, so the store's zone has to be named in the address too.
 */
export function ZoneSwitch({ storeId, params }: { storeId: string; params: StoreParams }) {
  const mine = useViewerZone();
  const { zone } = params;
  const at = (choice: string) => storeHref(storeId, { ...params, zone: choice });
  const isOther = zone !== null && zone !== "UTC" && mine !== null && zone.toLowerCase() !== mine.toLowerCase();
  return (
    <SegmentedLinks
      label="Times in"
      choices={[
        { href: at("store"), label: "Store", chosen: zone === null, onChoose: choose("store") },
        {
          href: mine === null ? null : at(mine),
          label: "Mine",
          // Until it is known who reads, a named zone is most likely the reader's own.
          chosen: zone !== null && zone !== "UTC" && !isOther,
          onChoose: choose("mine"),
        },
        { href: at("UTC"), label: "UTC", chosen: zone === "UTC", onChoose: choose("UTC") },
        ...(isOther ? [{ href: at(zone), label: zone, chosen: true }] : []),
      ]}
    />
  );
}

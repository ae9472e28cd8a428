"use client";

import { SegmentedLinks } from "@/components/ui/segmented-links";
import { useViewerZone } from "@/components/ui/reader";
import { choiceCookies, remember } from "@/lib/client/reader-choices";
import { storeHref, type StoreParams } from "@/lib/client/store-params";

const choose = (zone: "store" | "mine" | "UTC") => () => {
  remember(choiceCookies.zone, zone);
};

/**
 * Chooses the zone of the page's times: the store's, the user's, or UTC; a zone from a shared link is a fourth choice.
 * The choice is remembered, so the address names the store's zone, too.
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
          // Until the user's zone is known, a zone in the address is most likely their own.
          chosen: zone !== null && zone !== "UTC" && !isOther,
          onChoose: choose("mine"),
        },
        { href: at("UTC"), label: "UTC", chosen: zone === "UTC", onChoose: choose("UTC") },
        ...(isOther ? [{ href: at(zone), label: zone, chosen: true }] : []),
      ]}
    />
  );
}

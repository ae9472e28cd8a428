import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import type { Fleet } from "@/lib/contract/fleet";

/** Below this many, all of them offline at once is no wonder. */
const minStores = 5;

/** What changes how the whole page is to be read: no checks at all, or every open store offline at once. */
export function FleetWarnings({ fleet: { counts, newest_poll_at: newest, stores } }: { fleet: Fleet }) {
  if (newest === null) {
    return (
      <Notice tone="warn">
        <strong className="font-semibold">No check of any store has arrived.</strong>{" "}
        {stores === 1 ? "1 store is" : `${stores.toLocaleString("en-US")} stores are`} known by hours, zones or names
        alone, so nothing is known of uptime.{" "}
        <Link href="/imports" className="underline">
          Import checks
        </Link>{" "}
        or send them by the{" "}
        <Link href="/docs" className="underline">
          API
        </Link>
        .
      </Notice>
    );
  }
  if (counts.online === 0 && counts.offline >= minStores) {
    return (
      <Notice tone="warn">
        <strong className="font-semibold">Every open store that was checked is offline.</strong> That is rarely the
        stores’ doing: look first whether whatever checks them has failed.
      </Notice>
    );
  }
  return null;
}

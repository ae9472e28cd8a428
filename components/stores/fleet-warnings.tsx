import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import type { Fleet } from "@/lib/contract/fleet";

/** Below this number, all stores offline at once is not a warning. */
const minStores = 5;

/** Warnings that concern the whole page: no checks at all, or every open store offline at once. */
export function FleetWarnings({ fleet: { counts, newest_poll_at: newest, stores } }: { fleet: Fleet }) {
  if (newest === null) {
    return (
      <Notice tone="warn">
        <strong className="font-semibold">No checks yet.</strong> Uptime is unknown for{" "}
        {stores === 1 ? "the only store" : `all ${stores.toLocaleString("en-US")} stores`}.{" "}
        <Link href="/imports" className="underline">
          Import checks
        </Link>{" "}
        or send them through the{" "}
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
        <strong className="font-semibold">Every open store is offline.</strong> This usually means that monitoring
        failed, not the stores. Check your poller first.
      </Notice>
    );
  }
  return null;
}

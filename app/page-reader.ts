import { cookies, headers } from "next/headers";
import { cache } from "react";
import { parseLayout, type FleetLayout } from "@/lib/client/fleet-layout";
import { choiceCookies, type TimeChoices } from "@/lib/client/reader-choices";
import type { TimeStyle } from "@/lib/format/time-style";
import { timeStyleFor } from "@/lib/server/http/time-style";

/** How a page is written for its reader, by its cookies and by the languages of the browser. */
export interface PageReader {
  readonly style: TimeStyle;
  readonly choices: TimeChoices;
  /** On whose clock times were chosen to be; null: not chosen. */
  readonly zone: "store" | "mine" | "UTC" | null;
  /** The browser's time zone; null before its first page. Whether there is such a zone the rules know. */
  readonly ownZone: string | null;
  readonly fleetLayout: FleetLayout;
}

/** The reader of the current request. */
export const pageReader = cache(async (): Promise<PageReader> => {
  const jar = await cookies();
  const valueOf = (name: keyof typeof choiceCookies) => jar.get(choiceCookies[name])?.value;
  const [clock, dates, zone] = [valueOf("clock"), valueOf("dates"), valueOf("zone")];
  const acceptLanguage = (await headers()).get("accept-language");
  return {
    style: timeStyleFor({ acceptLanguage, dates, clock }),
    choices: { clock: clock === "12" || clock === "24" ? clock : "", dates: dates ?? "" },
    zone: zone === "store" || zone === "mine" || zone === "UTC" ? zone : null,
    ownZone: valueOf("ownZone") ?? null,
    fleetLayout: parseLayout(valueOf("density"), valueOf("columns")),
  };
});

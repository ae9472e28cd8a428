import type { Route } from "next";
import { SegmentedLinks } from "@/components/ui/segmented-links";
import type { FleetZone } from "@/lib/client/page-params";
import { choiceCookies, remember } from "@/lib/client/reader-choices";

const zoneText: readonly (readonly [FleetZone, string])[] = [
  ["mine", "Mine"],
  ["UTC", "UTC"],
  ["store", "Store"],
];

/** The address with the choice in it, because another one may be remembered. */
function withZone(href: string, zone: FleetZone): Route {
  const [path = "/", search = ""] = href.split("?");
  const said = new URLSearchParams(search);
  said.set("zone", zone);
  return `${path}?${said.toString()}` as Route;
}

interface TimesSwitchProps {
  readonly chosen: FleetZone;
  /** The address of the list with a zone. */
  readonly hrefOf: (zone: FleetZone) => string;
}

/** Chooses on whose clock the times of a list are, and remembers it. */
export function TimesSwitch({ chosen, hrefOf }: TimesSwitchProps) {
  return (
    <>
      <span aria-hidden className="text-muted text-xs max-sm:hidden">
        Times
      </span>
      <SegmentedLinks
        label="Times in"
        choices={zoneText.map(([zone, label]) => ({
          href: withZone(hrefOf(zone), zone),
          label,
          chosen: chosen === zone,
          onChoose: () => {
            remember(choiceCookies.zone, zone);
          },
        }))}
      />
    </>
  );
}

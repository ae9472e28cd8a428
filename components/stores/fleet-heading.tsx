import { Keyboard } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Instant } from "@/components/ui/instant";
import { filteredHref, type FleetParams } from "@/lib/client/page-params";
import { formatAge } from "@/lib/format/age";
import { fullTime, zoneAbbreviation, type Clock } from "@/lib/format/zoned-time";
import { TimesSwitch } from "./times-switch";

interface FleetHeadingProps {
  readonly params: FleetParams;
  /** Null where there is no poll yet. */
  readonly asOf: string | null;
  readonly clock: Clock;
  readonly now: number;
  readonly onHelp?: () => void;
}

/** What the page is of, as of when, and on whose clock. */
export function FleetHeading({ params, asOf, clock, now, onHelp }: FleetHeadingProps) {
  const age = asOf === null ? "" : formatAge(asOf, now, clock);
  const showsAge = age.endsWith("ago") || age === "just now";
  return (
    <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="min-w-0">
        <h1 className="text-xl font-semibold tracking-tight">Stores</h1>
        {asOf !== null && (
          <p className="text-muted">
            As of <Instant at={asOf}>{`${fullTime(asOf, clock)} ${zoneAbbreviation(asOf, clock)}`}</Instant>
            {/* A line of its own on a phone: the reader's zone may have a longer name than the server's, and nothing moves. */}
            {showsAge && <span className="max-sm:hidden">, </span>}
            {showsAge && <span className="max-sm:block">{age}</span>}
          </p>
        )}
      </div>
      <div className="flex items-center gap-2">
        <TimesSwitch chosen={params.zone} hrefOf={(zone) => filteredHref(params, { zone })} />
        {onHelp && (
          <Button
            aria-label="Keyboard shortcuts"
            title="Keyboard shortcuts (?)"
            className="max-sm:hidden"
            onClick={onHelp}
          >
            <Keyboard aria-hidden className="size-4" />
          </Button>
        )}
      </div>
    </div>
  );
}

import Link from "next/link";
import { Instant } from "@/components/ui/instant";
import { storeHref } from "@/lib/client/store-params";
import type { FleetIncident } from "@/lib/contract/fleet-incidents";
import type { Clock } from "@/lib/format/zoned-time";
import { downtimeText, fleetIncidentTime, incidentDates, incidentScope } from "./fleet-incident-text";

interface IncidentTableProps {
  readonly incidents: readonly FleetIncident[];
  readonly asOf: string;
  /** The clock of a store's times, by the name of its zone. */
  readonly clockOf: (timeZone: string) => Clock;
  /** The store's own clock, whose dates its page has. */
  readonly ownClockOf: (timeZone: string) => Clock;
}

/** One page of incidents: a table, and on small screens two lines an incident (app/incident-list.css). */
export function IncidentTable({ incidents, asOf, clockOf, ownClockOf }: IncidentTableProps) {
  return (
    <div className="border-line bg-panel rounded-panel overflow-hidden border">
      <table className="incident-list">
        <caption className="sr-only">Incidents</caption>
        <thead className="text-muted text-xs">
          <tr>
            <th scope="col">Store</th>
            <th scope="col">From – to</th>
            <th scope="col">Downtime</th>
            <th scope="col">Scope</th>
          </tr>
        </thead>
        <tbody>
          {incidents.map((incident) => {
            const { store_id: storeId, name, start, time_zone: zone } = incident;
            const scope = incidentScope(incident);
            const period = incidentDates(incident, ownClockOf(zone));
            const href = storeHref(storeId, { period, reportId: null, zone: null, isZoneNamed: false });
            return (
              <tr key={`${storeId} ${start}`}>
                <th scope="row">
                  <Link href={href} prefetch={false}>
                    {name ?? storeId}
                    {name !== null && <span>{storeId}</span>}
                  </Link>
                </th>
                <td>
                  <Instant at={start}>{fleetIncidentTime(incident, asOf, clockOf(zone))}</Instant>
                  {incident.ongoing && <em>Ongoing</em>}
                </td>
                <td>{downtimeText(incident)}</td>
                <td data-wide={scope?.isFleetWide || undefined}>{scope?.text ?? "—"}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

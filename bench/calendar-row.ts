import { readFleetState } from "@/db/queries/bulk/fleet-state";
import { deleteCalendar } from "@/db/queries/calendars";
import { withTransaction } from "@/db/transaction";
import type { PutCalendar } from "@/lib/contract/calendars";
import { openViewer } from "@/lib/server/access/viewer";
import { createCalendar } from "@/lib/server/calendars/manage-calendars";
import { prepareCalendar } from "@/lib/server/calendars/save-calendar";
import { computeInBatches } from "@/lib/server/figures/compute-report";
import { dayMs } from "@/lib/uptime/units";
import type { BenchDatabase } from "./bench-database";
import type { BenchResult } from "./bench-result";
import { timed } from "./statistics";

/** A place of its own for each run, because the holidays of one that was asked for are kept. */
const states = ["CA", "TX", "NY", "FL", "WA", "MA", "IL", "OH", "GA", "HI"];

function holidaysOf(state: string | undefined, storeIds: readonly string[], asOf: number): PutCalendar {
  // A date within the week, so that the snapshot has to compute with it.
  const date = new Date(asOf - 2 * dayMs).toISOString().slice(0, 10);
  return {
    name: `Holidays ${state ?? ""}`,
    entries: [
      { on: { kind: "holidays", country: "US", state, types: ["public"], observed: true }, hours: [] },
      { name: "Inventory", on: { kind: "date", date }, closed_hours: [{ start: "14:00", end: "24:00" }] },
    ],
    given_to: { all: false, brands: [], groups: [], store_ids: [...storeIds] },
    valid_from: "beginning",
  };
}

/** A country's holidays given to each store of the fleet, and the snapshot that follows beside one without them. */
export async function benchCalendar(
  database: BenchDatabase,
  storeIds: readonly string[],
  runs: number,
): Promise<BenchResult[]> {
  const { asOf } = await readFleetState(database);
  const request = { storeKeys: null, method: "interpolated", asOf } as const;
  const snapshot = () =>
    timed(() => computeInBatches(database, request, { withStates: true }, () => Promise.resolve()));
  const times: Record<"given" | "without" | "with", number[]> = { given: [], without: [], with: [] };
  for (let run = -1; run < runs; run++) {
    const without = await snapshot();
    const body = holidaysOf(states[(run + 1) % states.length], storeIds, asOf);
    let id = 0;
    const given = await timed(async () => {
      const calendar = await prepareCalendar(database, body);
      ({ id } = await withTransaction(database, (tx) => createCalendar(tx, openViewer, calendar)));
    });
    // The plans of the first statements after a change are those of any later ones.
    await database.sql`analyze calendar_stores, calendar_dates`;
    const withCalendar = await snapshot();
    await deleteCalendar(database, id);
    // The first round warms up.
    if (run < 0) continue;
    times.given.push(given);
    times.without.push(without);
    times.with.push(withCalendar);
  }
  const stores = storeIds.length.toLocaleString("en-US");
  return [
    {
      row: "calendar",
      what: `holidays of a country given to ${stores} stores`,
      unit: "ms",
      runs: times.given,
      target: { most: 5000 },
    },
    {
      row: "calendar",
      what: "figures and states, as a snapshot, with the calendar",
      unit: "ms",
      runs: times.with,
      floor: { what: "the same without it", runs: times.without },
      target: { ratio: 1.2 },
    },
  ];
}

import { type Database, openDatabase } from "@/db/client";
import { findCurlExample, type CurlExample } from "@/db/queries/bulk/curl-example";
import { readFleetState } from "@/db/queries/bulk/fleet-state";
import { computeReport } from "@/lib/server/figures/compute-report";
import { pollCountsOf } from "@/lib/server/figures/figures";
import { loadDemoIfEmpty } from "./demo";

/**
 * The first of the stores whose report has figures for the last hour: it was open at the newest poll, and checked.
 * @returns the first store when there is none
 */
export async function findOpenStore(database: Database, stores: CurlExample["stores"]): Promise<string> {
  const { asOf } = await readFleetState(database);
  const storeKeys = stores.map(({ storeKey }) => storeKey);
  const { storeIds, figures, width } = await computeReport(database, { storeKeys, method: "poll_count", asOf });
  const isOpen = ({ storeId }: CurlExample["stores"][number]): boolean => {
    const row = storeIds.indexOf(storeId);
    const { hour } = pollCountsOf(figures.subarray(row * width, (row + 1) * width));
    return hour.uptime + hour.downtime > 0;
  };
  return (stores.find(isOpen) ?? stores[0])?.storeId ?? "";
}

/**
 * Loads demo data into a bundled database without stores, and finds a store for the example commands.
 * @param dataDir of the bundled database; null for the operator's own database, which is left as it is
 * @returns prints these commands, for the server at an address
 */
export async function fillAndPrintExample(url: string, dataDir: string | null): Promise<(address: string) => void> {
  const database = openDatabase(url, { max: 4, applicationName: "store-monitoring start", statementTimeoutMs: 0 });
  try {
    if (dataDir !== null) await loadDemoIfEmpty(database, dataDir);
    const example = await findCurlExample(database);
    const storeId = example === null ? "" : await findOpenStore(database, example.stores);
    return (address) => {
      if (example === null) {
        console.log("There is no store yet: npm run import -- --polls FILE --hours FILE --timezones FILE\n");
        return;
      }
      const { nextReportId } = example;
      console.log(`Trigger a report, then fetch it by the number in the first response. It counts an hour per poll; with
?method=interpolated it has the figures of the pages:

  curl ${address}/store/${encodeURIComponent(storeId)}/trigger_report/
  curl -X POST ${address}/store/get_report/ -H 'Content-Type: application/json' -d '{"report_id": ${nextReportId}}'
`);
    };
  } finally {
    await database.close();
  }
}

import { openDatabase } from "@/db/client";
import { findCurlExample } from "@/db/queries/bulk/curl-example";
import { loadDemoIfEmpty } from "./demo";

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
    return (address) => {
      if (example === null) {
        console.log("There is no store yet: npm run import -- --polls FILE --hours FILE --timezones FILE\n");
        return;
      }
      const { storeId, nextReportId } = example;
      console.log(`Trigger a report, then fetch it by the number in the first response:

  curl ${address}/store/${encodeURIComponent(storeId)}/trigger_report/
  curl -X POST ${address}/store/get_report/ -H 'Content-Type: application/json' -d '{"report_id": ${nextReportId}}'
`);
    };
  } finally {
    await database.close();
  }
}

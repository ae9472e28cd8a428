import { readFleetState } from "@/db/queries/bulk/fleet-state";
import { computeInBatches } from "@/lib/server/figures/compute-report";
import { pollRangeAt } from "@/lib/server/figures/poll-range";
import { BenchClient } from "./bench-app";
import { type BenchDatabase, copyOut } from "./bench-database";
import type { BenchResult } from "./bench-result";
import { timed } from "./statistics";

export interface ReportBench {
  readonly database: BenchDatabase;
  readonly port: number;
  readonly runs: number;
  /** Describes the data before the week, for the table. */
  readonly label: string;
  /** Maximum ms from trigger to Complete. */
  readonly maxMs?: number;
}

async function selectRange(database: BenchDatabase): Promise<string> {
  const range = pollRangeAt((await readFleetState(database)).asOf);
  const [from, to] = [range.from, range.asOf].map((at) => new Date(at).toISOString());
  return `select store_key, at, active from polls where at between '${from ?? ""}' and '${to ?? ""}'`;
}

/** The fleet's figures: schedules and polls read, and everything computed. */
export async function benchComputation({ database, runs, label }: ReportBench): Promise<BenchResult[]> {
  const { asOf } = await readFleetState(database);
  const query = await selectRange(database);
  const times: Record<"report" | "snapshot" | "floor", number[]> = { report: [], snapshot: [], floor: [] };
  const request = { storeKeys: null, method: "interpolated", asOf } as const;
  for (let run = -1; run < runs; run++) {
    const floor = await timed(() => database.sql.begin((tx) => copyOut(tx, query)));
    const report = await timed(() => computeInBatches(database, request, {}, () => Promise.resolve()));
    const snapshot = await timed(() =>
      computeInBatches(database, request, { withStates: true }, () => Promise.resolve()),
    );
    // The first round warms up.
    if (run < 0) continue;
    times.floor.push(floor);
    times.report.push(report);
    times.snapshot.push(snapshot);
  }
  const floor = { what: "COPY of the same rows, discarded", runs: times.floor };
  return [
    { row: "fleet", what: `figures${label}`, unit: "ms", runs: times.report, floor, target: { ratio: 1.3 } },
    { row: "fleet", what: `figures and states, as a snapshot${label}`, unit: "ms", runs: times.snapshot, floor },
  ];
}

/** From the request for a report of the fleet until its CSV has arrived, over HTTP. */
export async function benchJob({ database, port, runs, label, maxMs }: ReportBench): Promise<BenchResult[]> {
  const client = new BenchClient(port);
  const query = await selectRange(database);
  const jobs: number[] = [];
  const floors: number[] = [];
  const downloads: number[] = [];
  const reads: number[] = [];
  for (let run = -1; run < runs; run++) {
    const floor = await timed(() => database.sql.begin((tx) => copyOut(tx, query)));
    let id = 0;
    let csv = "";
    const job = await timed(async () => {
      const { body } = await client.post("/api/v1/reports", { scope: "fleet" });
      ({
        id,
        links: { csv },
      } = JSON.parse(body.toString()) as { id: number; links: { csv: string } });
      for (;;) {
        const answer = await client.get(`/api/v1/reports/${String(id)}`);
        const { state } = JSON.parse(answer.body.toString()) as { state: string };
        if (state === "complete") break;
        if (state === "failed") throw new Error("The report failed.");
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      await client.get(csvPath(csv));
    });
    const download = await timed(() => client.get(csvPath(csv)));
    const rows = `select store_id, figures from report_rows where report_id = ${String(id)} order by store_id`;
    const read = await timed(() => database.sql.begin((tx) => copyOut(tx, rows)));
    if (run < 0) continue;
    jobs.push(job);
    floors.push(floor);
    downloads.push(download);
    reads.push(read);
  }
  client.close();
  return [
    {
      row: "job",
      what: `trigger to Complete, CSV downloaded${label}`,
      unit: "ms",
      runs: jobs,
      floor: { what: "COPY of the same rows, discarded", runs: floors },
      target: { ratio: 3, ...(maxMs === undefined ? {} : { most: maxMs }) },
    },
    {
      row: "download",
      what: `CSV of a report of the fleet${label}`,
      unit: "ms",
      runs: downloads,
      floor: { what: "COPY of the same rows, discarded", runs: reads },
    },
  ];
}

const csvPath = (link: string): string => new URL(link, "http://127.0.0.1").pathname;

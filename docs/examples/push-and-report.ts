import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Pushes polls, triggers a report, waits for it and prints its CSV:
 * npx tsx docs/examples/push-and-report.ts http://127.0.0.1:8000 [AS_OF] < polls.ndjson > report.csv
 * A line of polls.ndjson is {"store_id":"…","at":"2023-01-24T09:06:42Z","status":"active"}. It needs only fetch, and
 * survives a restart of the server: requests without a response are sent again. That is safe, because a stored poll
 * counts as a duplicate, and a trigger repeated under its Idempotency-Key creates no second report.
 */

const [base, asOf] = process.argv.slice(2);
if (base === undefined) {
  console.error("usage: push-and-report.ts ADDRESS [AS_OF] < polls.ndjson > report.csv");
  process.exit(2);
}

const batchSize = 500;
const giveUpAfterMs = 120_000;

/** Retries until there is a final response. */
async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const started = Date.now();
  for (let attempt = 0; ; attempt++) {
    let why: string;
    let waitMs = Math.min(5_000, 100 * 2 ** attempt) * (0.5 + Math.random() / 2);
    try {
      const response = await fetch(new URL(path, base), init);
      const retryAfter = Number(response.headers.get("retry-after"));
      if (response.status !== 409 && response.status !== 429 && response.status < 500) return response;
      if (retryAfter > 0) waitMs = retryAfter * 1_000;
      why = `${response.status.toString()} ${await response.text()}`;
    } catch (error) {
      why = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() - started > giveUpAfterMs) throw new Error(`${path}: no answer in two minutes; the last: ${why}`);
    await sleep(waitMs);
  }
}

async function answered<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${response.status.toString()} ${await response.text()}`);
  return (await response.json()) as T;
}

interface Taken {
  readonly accepted: number;
  readonly duplicate: number;
  readonly conflicting: number;
  readonly rejected: readonly { readonly index: number; readonly code: string; readonly detail: string }[];
}

const storeIds = new Set<string>();

async function push(lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  for (const line of lines) storeIds.add((JSON.parse(line) as { store_id: string }).store_id);
  const headers = { "content-type": "application/x-ndjson" };
  const taken = await answered<Taken>(await ask("/api/v1/polls", { method: "POST", headers, body: lines.join("\n") }));
  console.error(`polls: ${JSON.stringify(taken)}`);
}

let batch: string[] = [];
for await (const line of createInterface({ input: process.stdin })) {
  // An empty line sends the current batch, for senders that cannot wait for 500.
  if (line.trim() !== "") batch.push(line);
  if (batch.length === batchSize || line.trim() === "") {
    await push(batch);
    batch = [];
  }
}
await push(batch);

interface Report {
  readonly id: number;
  readonly state: "queued" | "running" | "complete" | "failed";
  readonly failure: { readonly code: string; readonly reason: string } | null;
  readonly links: { readonly self: string; readonly csv: string };
}

const trigger = {
  method: "POST",
  headers: { "content-type": "application/json", "idempotency-key": randomUUID() },
  body: JSON.stringify({ store_ids: [...storeIds], ...(asOf === undefined ? {} : { as_of: asOf }) }),
};
let report = await answered<Report>(await ask("/api/v1/reports", trigger));
console.error(`report: ${report.id.toString()}`);
while (report.state === "queued" || report.state === "running") {
  await sleep(500);
  report = await answered<Report>(await ask(report.links.self));
}
if (report.failure !== null) throw new Error(`${report.failure.code}: ${report.failure.reason}`);

const csv = await ask(report.links.csv);
if (!csv.ok) throw new Error(`${csv.status.toString()} ${await csv.text()}`);
process.stdout.write(await csv.text());

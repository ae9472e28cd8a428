import { metrics } from "./metrics";

/** Polls of a committed live batch, by result. */
export function countPolls(
  polls: Readonly<Record<"accepted" | "duplicate" | "conflicting" | "rejected", number>>,
): void {
  for (const [result, count] of Object.entries(polls)) if (count > 0) metrics().pollsIngested.inc({ result }, count);
}

/** What an import did with the rows of its file; `rows` is the sum of the other counts. */
interface CountedImport {
  readonly counts: Readonly<
    Record<"rows" | "accepted" | "duplicate" | "conflicting" | "rejected" | "blank" | "discarded", number>
  >;
  readonly rejects: readonly { readonly code: string }[];
}

/** Rows of an ended import. Listed rejects are counted by code, those beyond the list as `unlisted`. */
export function countRows({ counts, rejects }: CountedImport): void {
  const { importRows } = metrics();
  const { rows: _rows, rejected, ...others } = counts;
  for (const [result, count] of Object.entries(others)) if (count > 0) importRows.inc({ result, code: "" }, count);
  for (const { code } of rejects) importRows.inc({ result: "rejected", code });
  const unlisted = rejected - rejects.length;
  if (unlisted > 0) importRows.inc({ result: "rejected", code: "unlisted" }, unlisted);
}

/** @param startedMs of `performance.now()`, when it was claimed */
export function countJob(
  kind: "report" | "snapshot" | "import",
  outcome: "complete" | "failed",
  startedMs: number,
): void {
  metrics().jobSeconds.observe({ kind, outcome }, (performance.now() - startedMs) / 1000);
}

/** One delivery attempt; `pending` will be retried. */
export function countDelivery(state: "delivered" | "failed" | "pending"): void {
  metrics().webhookDeliveries.inc({ result: state === "pending" ? "retried" : state });
}

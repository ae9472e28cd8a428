import { metrics } from "./metrics";

/** Polls of a live batch, once it is committed, by what became of them. */
export function countPolls(
  polls: Readonly<Record<"accepted" | "duplicate" | "conflicting" | "rejected", number>>,
): void {
  for (const [result, count] of Object.entries(polls)) if (count > 0) metrics().pollsIngested.inc({ result }, count);
}

/** What an import did to the rows of its file; `rows` is the sum of the other counts. */
interface CountedImport {
  readonly counts: Readonly<
    Record<"rows" | "accepted" | "duplicate" | "conflicting" | "rejected" | "blank" | "discarded", number>
  >;
  readonly rejects: readonly { readonly code: string }[];
}

/** Rows of an import that has ended. Of the rejected the listed ones have their code; those beyond are `unlisted`. */
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

/** One try to deliver: `pending` is one that will be made again. */
export function countDelivery(state: "delivered" | "failed" | "pending"): void {
  metrics().webhookDeliveries.inc({ result: state === "pending" ? "retried" : state });
}

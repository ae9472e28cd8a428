import type { Database } from "@/db/client";
import { mergePolls } from "@/db/queries/bulk/poll-batch";
import type { PollBatchResult } from "@/lib/contract/polls";
import { faultPoint } from "@/lib/faults/fault-point";
import { changeAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";
import { countPolls } from "@/lib/server/metrics/count";
import { toColumns, type ValidatedBatch } from "./ingest-polls";
import type { LivePoll } from "./poll-rules";
import { withPollWeeks } from "./poll-weeks";
import { RequestMerger } from "./request-merger";

/** Larger batches gain little from a common commit, and would make the others wait. */
const maxPolls = 20;

/** One merger for each sender: their rights are checked once in each transaction. */
const mergers = new WeakMap<Database, Map<string, RequestMerger>>();

/** Whether the polls of a request may be merged with those of other requests of its sender. */
export function isMergeable({ managed, credential }: Viewer, { polls }: ValidatedBatch): boolean {
  return managed === "all" && credential?.kind !== "session" && polls.length > 0 && polls.length <= maxPolls;
}

/**
 * Stores the polls of a small batch, together with those of other requests that arrive at the same time.
 * @param alone stores them in a separate transaction, and returns the response
 * @param respond makes the response after a common transaction
 * @returns after the commit
 */
export function ingestTogether<T>(
  database: Database,
  viewer: Viewer,
  { polls, rejected }: ValidatedBatch,
  { alone, respond }: { readonly alone: () => Promise<T>; readonly respond: (result: PollBatchResult) => T },
): Promise<T> {
  const ofDatabase = mergers.get(database) ?? new Map<string, RequestMerger>();
  mergers.set(database, ofDatabase);
  const { principal } = viewer;
  const drop = (): void => void ofDatabase.delete(principal);
  const merger = ofDatabase.get(principal) ?? new RequestMerger((all) => mergeNew(database, viewer, all), drop);
  ofDatabase.set(principal, merger);
  const counts = { accepted: polls.length, duplicate: 0, conflicting: 0 };
  const stored = (): T => {
    countPolls({ ...counts, rejected: rejected.length });
    return respond({ ...counts, rejected });
  };
  return merger.add({ polls, alone, stored });
}

/** Why a common transaction is rolled back: each request then gets its own counts from its own transaction. */
class NotAllNew extends Error {}

async function mergeNew(database: Database, viewer: Viewer, polls: readonly LivePoll[]): Promise<boolean> {
  try {
    await withPollWeeks(database, polls, () =>
      changeAs(database, viewer, async (tx, { managed }) => {
        if (managed !== "all") throw new NotAllNew();
        const { accepted } = await mergePolls(tx, toColumns(polls));
        if (accepted < polls.length) throw new NotAllNew();
        await faultPoint("polls.merged");
      }),
    );
  } catch (error) {
    if (error instanceof NotAllNew) return false;
    throw error;
  }
  await faultPoint("polls.committed");
  return true;
}

import type { Database, Db } from "@/db/client";
import { mergePolls, type BatchMerge, type PollColumns } from "@/db/queries/bulk/poll-batch";
import { checkRoundedIds } from "@/db/queries/bulk/spreadsheet-rounded-ids";
import { findStoreKeys } from "@/db/queries/bulk/store-keys";
import { faultPoint } from "@/lib/faults/fault-point";
import { largestPollBatch, PollBatchResultSchema, type PollBatchResult } from "@/lib/contract/polls";
import { StoreIdSchema } from "@/lib/contract/uptime";
import type { CurrentViewer, Viewer } from "@/lib/server/access/viewer";
import { AppError, type InputFault } from "@/lib/server/errors";
import { originalsOf, roundedReason } from "@/lib/server/text/rounded-ids";
import type { EpochMs } from "@/lib/uptime/types";
import { countPolls } from "@/lib/server/metrics/count";
import { isPollFault, PollRules, type LivePoll } from "./poll-rules";
import { withPollWeeks } from "./poll-weeks";

/** Faults that the error of a whole batch lists. */
const maxFaults = 100;

/** A batch whose polls are validated. */
export interface ValidatedBatch {
  readonly polls: readonly LivePoll[];
  readonly rejected: PollBatchResult["rejected"];
}

/**
 * Validates the polls of a batch one by one.
 * @param now our clock: a poll is at most five minutes ahead of it, so the as-of instant never moves farther
 * @param atomic one fault rejects the whole batch
 * @param own ids of the only stores whose polls are accepted; null: all, including new ones
 * @param rounded ids that are rejected because they were rounded by the sender, with the reason
 * @throws AppError empty_batch, batch_too_large; polls_rejected when `atomic`
 */
export function validateBatch(
  values: readonly unknown[],
  now: EpochMs,
  atomic: boolean,
  own: ReadonlySet<string> | null = null,
  rounded: ReadonlyMap<string, string> = new Map(),
): ValidatedBatch {
  if (values.length === 0) throw new AppError("empty_batch", "Send at least one poll.");
  if (values.length > largestPollBatch) {
    throw new AppError(
      "batch_too_large",
      `A batch may have at most ${largestPollBatch.toLocaleString("en-US")} polls; this one has ${values.length.toLocaleString("en-US")}. Send it in parts.`,
    );
  }
  const rules = new PollRules(now);
  const polls: LivePoll[] = [];
  const rejected: PollBatchResult["rejected"] = [];
  values.forEach((value, index) => {
    const judged = rules.judge(value);
    if (isPollFault(judged)) rejected.push({ index, ...judged });
    else if (own !== null && !own.has(judged.storeId)) {
      // The same for a store that does not exist as for one that belongs to someone else.
      rejected.push({ index, code: "store_not_found", detail: "There is no such store." });
    } else {
      const reason = rounded.get(judged.storeId);
      if (reason === undefined) polls.push(judged);
      else rejected.push({ index, code: "id_damaged_by_spreadsheet", detail: reason });
    }
  });
  if (atomic && rejected.length > 0) {
    const faults = rejected.slice(0, maxFaults).map(({ index, code, detail }): InputFault => {
      return { pointer: `/polls/${index}`, code, reason: detail };
    });
    const detail = `${rejected.length} of ${values.length} polls were rejected, so none was stored.`;
    throw new AppError("polls_rejected", detail, { faults });
  }
  return { polls, rejected };
}

/**
 * Ids of the stores in a batch whose polls the viewer may send; null: all, including unknown stores.
 * @param among only of these; null: of any
 */
export async function ownStoreIds(
  db: Db,
  viewer: Viewer,
  values: readonly unknown[],
  among: ReadonlySet<string> | null = null,
): Promise<ReadonlySet<string> | null> {
  if (viewer.managed === "all") return among;
  const ids = values.slice(0, largestPollBatch).flatMap((value) => {
    const id: unknown = typeof value === "object" && value !== null && "store_id" in value ? value.store_id : null;
    return StoreIdSchema.safeParse(id).data ?? [];
  });
  const keys = await findStoreKeys(db, [...new Set(ids)], viewer.managed);
  return new Set([...keys.keys()].filter((id) => among === null || among.has(id)));
}

/**
 * Refuses the stored response of a batch to a sender who may no longer send polls of one of its stores.
 * @throws AppError insufficient_scope
 */
export async function requireStillOwn(
  session: Db,
  viewer: CurrentViewer,
  values: readonly unknown[],
  stored: unknown,
): Promise<void> {
  const own = await ownStoreIds(session, viewer, values);
  if (own === null) return;
  const rejectedThen = new Set(PollBatchResultSchema.parse(stored).rejected.map(({ index }) => index));
  const { rejected } = validateBatch(values, Date.now(), false, own);
  if (rejected.every(({ index, code }) => code !== "store_not_found" || rejectedThen.has(index))) return;
  throw new AppError("insufficient_scope", "You may no longer send polls of every store in this batch.");
}

/** Known stores among the ids that look rounded, per pool. One that is deleted later stays known: its polls are what they seem. */
const knownIds = new WeakMap<Db, Set<string>>();
const maxKnownIds = 50_000;

/** Ids of a batch that were rounded by the sender, with the reason for the reject: `roundedReason`. */
export async function roundedIds(
  db: Db,
  viewer: Viewer,
  values: readonly unknown[],
): Promise<ReadonlyMap<string, string>> {
  // Owners cannot create stores by polls, and must not learn about stores of others.
  if (viewer.managed !== "all") return new Map();
  const looked = new Map(
    values.slice(0, largestPollBatch).flatMap((value) => {
      const id: unknown = typeof value === "object" && value !== null && "store_id" in value ? value.store_id : null;
      const shown = typeof id === "string" ? id.trim() : "";
      const range = originalsOf(shown);
      return range === null ? [] : [[shown, { shown, ...range }] as const];
    }),
  );
  const known = knownIds.get(db) ?? new Set();
  knownIds.set(db, known);
  const checked = await checkRoundedIds(
    db,
    [...looked.values()].filter(({ shown }) => !known.has(shown)),
  );
  if (known.size + checked.known.length > maxKnownIds) known.clear();
  for (const id of checked.known) known.add(id);
  return new Map([...checked.rounded].map(([shown, { original, count }]) => [shown, roundedReason([original], count)]));
}

const nothing = { accepted: 0, duplicate: 0, conflicting: 0 } as const;

/** Polls as the statement that merges them takes them. */
export function toColumns(polls: readonly LivePoll[]): PollColumns {
  return {
    storeIds: polls.map(({ storeId }) => storeId),
    at: polls.map(({ at }) => at),
    active: polls.map(({ status }) => (status === "active" ? 1 : 0)),
  };
}

/**
 * Stores the polls of a batch.
 * @param run gets the one statement that merges the batch, or what is left of it, and returns when it is committed;
 *   calls it again on a retry
 */
export async function ingestBatch<T>(
  database: Database,
  batch: ValidatedBatch,
  run: (merge: (session: Db, left?: ValidatedBatch) => Promise<PollBatchResult>) => Promise<T>,
): Promise<T> {
  // Of the last attempt only: one that failed to serialize kept nothing, and a repeated batch merges nothing.
  const merged: { counts?: BatchMerge & { readonly rejected: number } } = {};
  const answer = await withPollWeeks(database, batch.polls, () =>
    run(async (db, { polls, rejected } = batch) => {
      const counts = polls.length === 0 ? nothing : await mergePolls(db, toColumns(polls));
      merged.counts = { ...counts, rejected: rejected.length };
      // Already committed when `session` is not a transaction.
      await faultPoint("polls.merged");
      return { ...counts, rejected };
    }),
  );
  if (merged.counts !== undefined) {
    const { accepted, duplicate, conflicting, rejected } = merged.counts;
    countPolls({ accepted, duplicate, conflicting, rejected });
  }
  await faultPoint("polls.committed");
  return answer;
}

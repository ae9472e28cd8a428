import type { Database } from "@/db/client";
import { mergePolls, type BatchMerge, type PollColumns } from "@/db/queries/poll-batch";
import { findRoundedIds } from "@/db/queries/spreadsheet-rounded-ids";
import { findStoreKeys } from "@/db/queries/stores";
import { faultPoint } from "@/lib/faults/fault-point";
import type { Session } from "@/db/transaction";
import { largestPollBatch, PollBatchResultSchema, type PollBatchResult } from "@/lib/contract/polls";
import { StoreIdSchema } from "@/lib/contract/uptime";
import type { CurrentViewer, Viewer } from "@/lib/server/access/viewer";
import { AppError, type InputFault } from "@/lib/server/errors";
import { originalsOf, roundedReason } from "@/lib/server/text/rounded-ids";
import type { EpochMs } from "@/lib/uptime/types";
import { countPolls } from "@/lib/server/metrics/count";
import { isPollFault, PollRules, type LivePoll } from "./poll-rules";
import { withPollWeeks } from "./poll-weeks";

/** Faults that an error of a whole batch lists. */
const maxFaults = 100;

/** A batch whose polls have been judged. */
export interface ValidatedBatch {
  readonly polls: readonly LivePoll[];
  readonly rejected: PollBatchResult["rejected"];
}

/**
 * Judges the polls of a batch, each by itself.
 * @param now our clock: a poll lies at most five minutes ahead of it, so the as-of instant never moves farther
 * @param atomic one fault is the whole batch's
 * @param own ids of the only stores whose polls are taken; null: all, also new ones
 * @param rounded ids that are refused because they were rounded on the way, with the reason
 * @throws AppError empty_batch, batch_too_large; polls_rejected where `atomic`
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
      `A batch has ${largestPollBatch.toLocaleString("en-US")} polls at the most; this one has ${values.length.toLocaleString("en-US")}. Send it in parts.`,
    );
  }
  const rules = new PollRules(now);
  const polls: LivePoll[] = [];
  const rejected: PollBatchResult["rejected"] = [];
  values.forEach((value, index) => {
    const judged = rules.judge(value);
    if (isPollFault(judged)) rejected.push({ index, ...judged });
    else if (own !== null && !own.has(judged.storeId)) {
      // The same for a store that is not there as for one that is somebody else's.
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
    const detail = `${rejected.length} of ${values.length} polls cannot be taken, so none was.`;
    throw new AppError("polls_rejected", detail, { faults });
  }
  return { polls, rejected };
}

/**
 * Ids of the stores of a batch whose polls the viewer may send; null: all, also of stores that are not known yet.
 * @param among only of these; null: of any
 */
export async function ownStoreIds(
  { sql }: Session,
  viewer: Viewer,
  values: readonly unknown[],
  among: ReadonlySet<string> | null = null,
): Promise<ReadonlySet<string> | null> {
  if (viewer.managed === "all") return among;
  const ids = values.slice(0, largestPollBatch).flatMap((value) => {
    const id: unknown = typeof value === "object" && value !== null && "store_id" in value ? value.store_id : null;
    return typeof id === "string" && StoreIdSchema.safeParse(id).success ? [id] : [];
  });
  const keys = await findStoreKeys(sql, [...new Set(ids)], viewer.managed);
  return new Set([...keys.keys()].filter((id) => among === null || among.has(id)));
}

/**
 * Refuses the stored answer of a batch to a sender who may no longer send polls of a store in it.
 * @throws AppError insufficient_scope
 */
export async function requireStillOwn(
  session: Session,
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

/** Ids of a batch that were rounded on the way, with why each is refused: `roundedReason`. */
export async function roundedIds(
  { sql }: Session,
  viewer: Viewer,
  values: readonly unknown[],
): Promise<ReadonlyMap<string, string>> {
  // Others cannot make a store by a poll, and must not learn of stores that are not theirs.
  if (viewer.managed !== "all") return new Map();
  const looked = new Map(
    values.slice(0, largestPollBatch).flatMap((value) => {
      const id: unknown = typeof value === "object" && value !== null && "store_id" in value ? value.store_id : null;
      const shown = typeof id === "string" ? id.trim() : "";
      const range = originalsOf(shown);
      return range === null ? [] : [[shown, { shown, ...range }] as const];
    }),
  );
  const found = await findRoundedIds(sql, [...looked.values()]);
  return new Map([...found].map(([shown, { original, count }]) => [shown, roundedReason([original], count)]));
}

const nothing = { accepted: 0, duplicate: 0, conflicting: 0 } as const;

function toColumns(polls: readonly LivePoll[]): PollColumns {
  return {
    storeIds: polls.map(({ storeId }) => storeId),
    at: polls.map(({ at }) => at),
    active: polls.map(({ status }) => (status === "active" ? 1 : 0)),
  };
}

/**
 * Keeps the polls of a batch.
 * @param run given the one statement that merges the batch, or what is left of it, and answers when it is committed;
 *   calls it again where it must start anew
 */
export async function ingestBatch<T>(
  database: Database,
  batch: ValidatedBatch,
  run: (merge: (session: Session, left?: ValidatedBatch) => Promise<PollBatchResult>) => Promise<T>,
): Promise<T> {
  // Of the last try alone: one that lost against another transaction kept nothing, and a repetition merges nothing.
  const merged: { counts?: BatchMerge & { readonly rejected: number } } = {};
  const answer = await withPollWeeks(database, batch.polls, () =>
    run(async ({ sql }, { polls, rejected } = batch) => {
      const counts = polls.length === 0 ? nothing : await mergePolls(sql, toColumns(polls));
      merged.counts = { ...counts, rejected: rejected.length };
      // Committed already where `session` is no transaction.
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

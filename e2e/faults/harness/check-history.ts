import type { Event, ImportCounts, SentPoll } from "./history";

/** The contents of the database at the end. */
export interface FinalState {
  /** Polls of the stores that clients wrote to. */
  readonly polls: readonly SentPoll[];
  readonly reports: readonly { readonly id: number; readonly state: string }[];
  readonly imports: readonly { readonly id: number; readonly state: string; readonly counts: ImportCounts | null }[];
}

export interface Verdict {
  /** Sentences; empty when every property held. */
  readonly violations: readonly string[];
  readonly acknowledgedPolls: number;
  readonly unknownPolls: number;
  readonly reportsSeen: number;
  readonly downloads: number;
}

const reportRank: Readonly<Record<string, number>> = { queued: 0, running: 1, complete: 2, failed: 2, cancelled: 2 };
const ended = new Set(["complete", "complete_with_rejects", "failed", "cancelled", "undone"]);

const keyOf = ({ store_id, at }: SentPoll): string => `${store_id} ${new Date(at).toISOString()}`;

/** Merges polls by store and instant: `inactive` wins. */
function merge(known: Map<string, string>, polls: readonly SentPoll[]): void {
  for (const poll of polls) {
    const key = keyOf(poll);
    if (known.get(key) !== "inactive") known.set(key, poll.status);
  }
}

/**
 * Checks what clients saw against the final state: every acknowledged poll is stored (P1), nothing is stored that was
 * not sent, and no poll twice (P2), counts of imports add up (P4), everything has ended (P5), a download never changes
 * (P6), a key belongs to one report (P7), and no report returns to an earlier state that was seen.
 */
export function checkHistory(events: readonly Event[], final: FinalState): Verdict {
  const violations: string[] = [];
  const acknowledged = new Map<string, string>();
  const possible = new Map<string, string>();
  const refused = new Set(events.filter(({ type }) => type === "fail").map(({ op }) => op));
  for (const { type, op, operation } of events) {
    if (operation.kind !== "polls") continue;
    if (type === "ok") merge(acknowledged, operation.polls);
    if (type === "invoke" && !refused.has(op)) merge(possible, operation.polls);
  }

  const table = new Map<string, string>();
  for (const poll of final.polls) {
    const key = keyOf(poll);
    if (table.has(key)) violations.push(`${key} is there twice`);
    table.set(key, poll.status);
    if (!possible.has(key)) violations.push(`${key} is there, but nobody sent it`);
    else if (poll.status === "inactive" && possible.get(key) !== "inactive") {
      violations.push(`${key} is inactive, which nobody said`);
    }
  }
  for (const [key, status] of acknowledged) {
    const kept = table.get(key);
    if (kept === undefined) violations.push(`${key} was acknowledged and is lost`);
    else if (status === "inactive" && kept !== "inactive") violations.push(`${key} was inactive and is ${kept}`);
  }

  for (const { id, state } of final.reports) {
    if (!ended.has(state)) violations.push(`report ${id} is still ${state}`);
  }
  for (const { id, state, counts } of final.imports) {
    if (!ended.has(state)) violations.push(`import ${id} is still ${state}`);
    if (counts !== null && sumOf(counts) !== counts.rows) violations.push(`the counts of import ${id} do not add up`);
  }
  violations.push(...checkReports(events, final), ...checkDownloads(events), ...checkKeys(events));
  return {
    violations,
    acknowledgedPolls: acknowledged.size,
    unknownPolls: [...table.keys()].filter((key) => !acknowledged.has(key)).length,
    reportsSeen: new Set(events.flatMap(({ operation }) => (operation.kind === "report" ? [operation.reportId] : [])))
      .size,
    downloads: events.filter(({ type, operation }) => type === "ok" && operation.kind === "csv").length,
  };
}

function sumOf({ accepted, duplicate, conflicting, rejected, blank }: ImportCounts): number {
  return accepted + duplicate + conflicting + rejected + blank;
}

/** A later read sees no earlier state. */
function checkReports(events: readonly Event[], { reports }: FinalState): string[] {
  const violations: string[] = [];
  const seen = new Map<number, { readonly at: number; readonly state: string }[]>();
  const began = new Map(events.filter(({ type }) => type === "invoke").map(({ op, at }) => [op, at]));
  for (const { type, op, at, operation } of events) {
    if (type !== "ok" || operation.kind !== "report" || operation.state === null) continue;
    const before = seen.get(operation.reportId) ?? [];
    const beganAt = began.get(op) ?? at;
    for (const earlier of before) {
      if (earlier.at >= beganAt) continue;
      const wentBack = (reportRank[earlier.state] ?? 0) > (reportRank[operation.state] ?? 0);
      const changedEnd = ended.has(earlier.state) && earlier.state !== operation.state;
      // A report that is taken over is queued again for a moment; only an end is final.
      if ((wentBack && ended.has(earlier.state)) || changedEnd) {
        violations.push(`report ${operation.reportId} was ${earlier.state} and then ${operation.state}`);
      }
    }
    seen.set(operation.reportId, [...before, { at, state: operation.state }]);
  }
  const finals = new Map(reports.map(({ id, state }) => [id, state]));
  for (const [id, states] of seen) {
    const last = states.findLast(({ state }) => ended.has(state));
    const final = finals.get(id);
    if (final === undefined) violations.push(`report ${id} was seen and is gone`);
    else if (last !== undefined && last.state !== final) {
      violations.push(`report ${id} was ${last.state} and ended as ${final}`);
    }
  }
  return violations;
}

function checkDownloads(events: readonly Event[]): string[] {
  const first = new Map<number, string>();
  const violations: string[] = [];
  for (const { type, operation } of events) {
    if (type !== "ok" || operation.kind !== "csv") continue;
    const got = `${operation.sha256 ?? ""} ${operation.etag ?? ""}`;
    const before = first.get(operation.reportId);
    if (before === undefined) first.set(operation.reportId, got);
    else if (before !== got) violations.push(`the download of report ${operation.reportId} has changed`);
  }
  return violations;
}

function checkKeys(events: readonly Event[]): string[] {
  const reportOf = new Map<string, number>();
  const violations: string[] = [];
  for (const { type, operation } of events) {
    if (type !== "ok" || operation.kind !== "trigger" || operation.reportId === null) continue;
    const before = reportOf.get(operation.key) ?? operation.reportId;
    reportOf.set(operation.key, before);
    if (before !== operation.reportId) {
      violations.push(`the key ${operation.key} gave the reports ${before} and ${operation.reportId}`);
    }
  }
  return violations;
}

import { describe, expect, it } from "vitest";
import { checkHistory, type FinalState } from "./check-history";
import { History, type Operation, type SentPoll } from "./history";

const poll = (n: number, status: SentPoll["status"] = "active"): SentPoll => ({
  store_id: "a",
  at: `2023-01-25T00:00:0${n}.000Z`,
  status,
});
const quiet: FinalState = { polls: [], reports: [], imports: [] };

function historyOf(...steps: readonly ["ok" | "fail" | "info", Operation][]) {
  const history = new History(null);
  for (const [type, operation] of steps) history.outcome(type, history.invoke(operation), operation);
  return history.events;
}

const sent = (...polls: SentPoll[]): Operation => ({ kind: "polls", polls });
const report = (reportId: number, state: string): Operation => ({ kind: "report", reportId, state });
const csv = (reportId: number, sha256: string): Operation => ({ kind: "csv", reportId, sha256, etag: "e" });
const trigger = (key: string, reportId: number): Operation => ({ kind: "trigger", key, reportId });

describe("the checker of histories", () => {
  it("accepts what is allowed: unknown outcomes either way, inactive over active", () => {
    const events = historyOf(
      ["ok", sent(poll(1), poll(2))],
      ["info", sent(poll(3), poll(2, "inactive"))],
      ["info", sent(poll(4))],
      ["ok", report(1, "running")],
      ["ok", report(1, "complete")],
      ["ok", csv(1, "x")],
      ["ok", csv(1, "x")],
    );
    const final = { ...quiet, polls: [poll(1), poll(2, "inactive"), poll(3)], reports: [{ id: 1, state: "complete" }] };
    expect(checkHistory(events, final)).toEqual({
      violations: [],
      acknowledgedPolls: 2,
      unknownPolls: 1,
      reportsSeen: 1,
      downloads: 2,
    });
  });

  it.each([
    ["is lost", historyOf(["ok", sent(poll(1))]), quiet],
    ["nobody sent it", historyOf(["fail", sent(poll(1))]), { ...quiet, polls: [poll(1)] }],
    ["is there twice", historyOf(["ok", sent(poll(1))]), { ...quiet, polls: [poll(1), poll(1)] }],
    ["which nobody said", historyOf(["ok", sent(poll(1))]), { ...quiet, polls: [poll(1, "inactive")] }],
    ["was inactive and is active", historyOf(["ok", sent(poll(1, "inactive"))]), { ...quiet, polls: [poll(1)] }],
    ["report 1 is still running", [], { ...quiet, reports: [{ id: 1, state: "running" }] }],
    ["import 1 is still queued", [], { ...quiet, imports: [{ id: 1, state: "queued", counts: null }] }],
    [
      "do not add up",
      [],
      {
        ...quiet,
        imports: [
          {
            id: 1,
            state: "complete",
            counts: { rows: 5, accepted: 3, duplicate: 1, conflicting: 0, rejected: 0, blank: 0 },
          },
        ],
      },
    ],
    [
      "was complete and then running",
      historyOf(["ok", report(1, "complete")], ["ok", report(1, "running")]),
      { ...quiet, reports: [{ id: 1, state: "complete" }] },
    ],
    [
      "was failed and ended as complete",
      historyOf(["ok", report(1, "failed")]),
      { ...quiet, reports: [{ id: 1, state: "complete" }] },
    ],
    ["was seen and is gone", historyOf(["ok", report(1, "running")]), quiet],
    ["has changed", historyOf(["ok", csv(1, "x")], ["ok", csv(1, "y")]), quiet],
    ["gave the reports 1 and 2", historyOf(["ok", trigger("k", 1)], ["ok", trigger("k", 2)]), quiet],
  ])("reports something that %s", (words, events, final) => {
    expect(checkHistory(events, final).violations).toEqual([expect.stringContaining(words)]);
  });
});

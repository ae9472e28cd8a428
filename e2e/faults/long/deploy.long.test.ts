import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "@/db/testing/holders";
import { testDb } from "@/db/testing/test-db";
import { checkHistory } from "@/e2e/faults/harness/check-history";
import { send } from "@/e2e/faults/harness/client";
import { recordFigure } from "@/e2e/faults/harness/figures";
import { clearAll } from "@/e2e/faults/harness/fleet";
import { History } from "@/e2e/faults/harness/history";
import { type Replica, Replicas } from "@/e2e/faults/harness/replicas";
import { newPolls } from "@/e2e/faults/harness/send-polls";
import { readFinalState } from "@/e2e/faults/soak/final-state";

const database = testDb();
const replicas = new Replicas();
const rounds = 3;
/** Time between a server's removal from the load balancer and its SIGTERM, as orchestrators wait. */
const leaveMs = 2_000;

beforeAll(() => clearAll(database()));
afterAll(() => replicas.killAll());

it(
  "F49: two servers that are replaced in turn under load refuse next to nobody and lose nothing",
  { timeout: 300_000 },
  async () => {
    const start = async (): Promise<Replica> => {
      const web = await replicas.web({ databaseUrl: database().url });
      await until(async () => (await send(`${web.origin}/api/readyz`)).status === 200);
      return web;
    };
    /** The servers that a load balancer would use. */
    const listed = [await start(), await start()];
    const history = new History(null);
    const seen = { answers: 0, refused: 0, wrong: [] as number[] };
    const over = new AbortController();
    const client = async (n: number): Promise<void> => {
      for (const polls of newPolls(10, `rolling-${n}`)) {
        if (over.signal.aborted) return;
        const web = listed[seen.answers % listed.length];
        const operation = { kind: "polls", polls } as const;
        const op = history.invoke(operation);
        const { status } = await send(`${web?.origin ?? ""}/api/v1/polls`, { body: { polls } });
        seen.answers++;
        if (status === 0) seen.refused++;
        else if (status !== 200) seen.wrong.push(status);
        history.outcome(status === 200 ? "ok" : "info", op, operation);
        await pause(20);
      }
    };
    const clients = Array.from({ length: 8 }, (_, n) => client(n));
    for (let round = 0; round < rounds * 2; round++) {
      await pause(2_000);
      const next = await start();
      const [old] = listed.splice(0, 1);
      listed.push(next);
      await pause(leaveMs);
      old?.signal("SIGTERM");
      expect(await old?.exit).toEqual({ code: 0, signal: null });
    }
    over.abort();
    await Promise.all(clients);
    const final = await readFinalState(database());
    const verdict = checkHistory(history.events, final);
    expect(verdict.violations).toEqual([]);
    expect(seen.wrong).toEqual([]);
    expect(seen.refused / seen.answers).toBeLessThanOrEqual(0.001);
    recordFigure(
      "F49",
      `${rounds * 2} servers replaced under load: ${seen.refused} of ${seen.answers} requests refused, ` +
        `all ${verdict.acknowledgedPolls} acknowledged polls there`,
    );
  },
);

import { join } from "node:path";
import { expect, it } from "vitest";
import { until } from "@/db/testing/holders";
import { checkHistory } from "@/e2e/faults/harness/check-history";
import { recordFigure } from "@/e2e/faults/harness/figures";
import { History } from "@/e2e/faults/harness/history";
import { startPostgres } from "@/e2e/faults/harness/postgres";
import { collecting } from "@/e2e/faults/harness/process-use";
import { type Replica, Replicas } from "@/e2e/faults/harness/replicas";
import { SeededRandom } from "@/scripts/demo/seeded-random";
import { requestReports, pushPolls, readPages, sendFiles, type Soak } from "./clients";
import { isQuiet, readFinalState } from "./final-state";
import { Killer } from "./killer";
import { inText, watchUse } from "./watch-use";

const seed = Number(process.env.SOAK_SEED ?? 20_230_125);
const minutes = Number(process.env.SOAK_MINUTES ?? 30);
/** Warm-up time until a process has loaded everything; in a short soak the slope means nothing. */
const settledMs = Math.min(5, minutes / 2) * 60_000;
/**
 * The guarantee is 1 MB a minute and no handle; the system's figures are not that exact. It applies to half an hour: a
 * shorter soak records what it measured.
 */
const slopeMb = 1 * 3;
const slopeHandles = 0.5;
const root = join(import.meta.dirname, "../../..");

it(
  `F50: ${minutes} minutes of mixed load under random kills lose nothing`,
  { timeout: (minutes + 15) * 60_000 },
  async () => {
    const postgres = await startPostgres();
    const replicas = new Replicas();
    const killer = new Killer(replicas, postgres, new SeededRandom(seed), { LOG_LEVEL: "warn" });
    const over = new AbortController();
    const history = new History(join(root, "test-results/soak-history.jsonl"));
    const random = new SeededRandom(seed + 1);
    // These two are never killed, to show what a process accumulates in half an hour of faults around it.
    const spared: Record<"web" | "worker", Replica[]> = { web: [], worker: [] };
    const soak: Soak = {
      random,
      history,
      over: over.signal,
      origin: () => {
        const webs = [...killer.running.web, ...spared.web];
        return webs[random.below(webs.length)]?.origin ?? "http://127.0.0.1:1";
      },
      seen: { answers: 0, retries: 0, lost: 0, unavailable: 0, wrong: [] },
    };
    try {
      for (const kind of ["web", "web", "worker", "worker"] as const) await killer.start(kind);
      const options = { databaseUrl: postgres.url, env: { LOG_LEVEL: "warn" }, nodeArgs: collecting };
      spared.web.push(await replicas.web(options));
      spared.worker.push(await replicas.worker(options));
      const watching = [...spared.web, ...spared.worker].map((replica) => watchUse(replica, settledMs, over.signal));
      const clients = [0, 1, 2].map((client) => pushPolls(soak, client));
      clients.push(requestReports(soak, 0), requestReports(soak, 1), sendFiles(soak, 0), readPages(soak));
      const killing = killer.work(over.signal);
      const timer = setTimeout(() => {
        over.abort();
      }, minutes * 60_000);
      await Promise.all([...clients, killing]).finally(() => {
        clearTimeout(timer);
      });
      await until(() => isQuiet(postgres.database), 120_000);
      const verdict = checkHistory(history.events, await readFinalState(postgres.database));
      const kills = Object.entries(killer.kills).map(([fault, times]) => `${fault} ${times}`);
      const { answers, retries, lost, unavailable } = soak.seen;
      const [web, worker] = await Promise.all(watching);
      recordFigure(
        "F50",
        `${minutes} min, seed ${seed}: ${kills.join(", ")}; ${answers} answers (${lost} lost, ${unavailable} 503, ${retries} retries); ` +
          `${verdict.acknowledgedPolls} acknowledged polls, ${verdict.reportsSeen} reports, ${verdict.downloads} downloads; ` +
          `${verdict.violations.length} violations; of those that nobody killed: web ${inText(web)}, worker ${inText(worker)}`,
      );
      expect(verdict.violations).toEqual([]);
      expect(soak.seen.wrong).toEqual([]);
      expect(killer.untidy).toEqual([]);
      expect(verdict.acknowledgedPolls).toBeGreaterThan(minutes * 100);
      expect([...spared.web, ...spared.worker].map((replica) => replica.isRunning())).toEqual([true, true]);
      for (const growth of minutes < 30 ? [] : [web, worker]) {
        expect(growth?.mbPerMinute).toBeLessThan(slopeMb);
        expect(growth?.handlesPerMinute).toBeLessThan(slopeHandles);
      }
    } finally {
      over.abort();
      await replicas.killAll();
      await postgres.close();
    }
  },
);

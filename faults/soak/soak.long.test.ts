import { join } from "node:path";
import { expect, it } from "vitest";
import { until } from "@/db/testing/holders";
import { checkHistory } from "@/faults/harness/check-history";
import { noteFigure } from "@/faults/harness/figures";
import { History } from "@/faults/harness/history";
import { startPostgres } from "@/faults/harness/postgres";
import { Replicas } from "@/faults/harness/replicas";
import { SeededRandom } from "@/lib/server/imports/seeded-random";
import { askReports, pushPolls, readPages, sendFiles, type Soak } from "./clients";
import { isQuiet, readFinalState } from "./final-state";
import { Killer } from "./killer";

const seed = 20_230_125;
const minutes = Number(process.env.SOAK_MINUTES ?? 30);
const root = join(import.meta.dirname, "../..");

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
    const soak: Soak = {
      random,
      history,
      over: over.signal,
      origin: () => killer.running.web[random.below(killer.running.web.length)]?.origin ?? "http://127.0.0.1:1",
      seen: { answers: 0, retries: 0, lost: 0, unavailable: 0, wrong: [] },
    };
    try {
      for (const kind of ["web", "web", "worker", "worker"] as const) await killer.start(kind);
      const clients = [0, 1, 2].map((client) => pushPolls(soak, client));
      clients.push(askReports(soak, 0), askReports(soak, 1), sendFiles(soak, 0), readPages(soak));
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
      noteFigure(
        "F50",
        `${minutes} min, seed ${seed}: ${kills.join(", ")}; ${answers} answers (${lost} lost, ${unavailable} 503, ${retries} retries); ` +
          `${verdict.acknowledgedPolls} acknowledged polls, ${verdict.reportsSeen} reports, ${verdict.downloads} downloads; ` +
          `${verdict.violations.length} violations`,
      );
      expect(verdict.violations).toEqual([]);
      expect(soak.seen.wrong).toEqual([]);
      expect(killer.untidy).toEqual([]);
      expect(verdict.acknowledgedPolls).toBeGreaterThan(minutes * 100);
    } finally {
      over.abort();
      await replicas.killAll();
      await postgres.close();
    }
  },
);

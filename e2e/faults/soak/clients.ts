import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { SeededRandom } from "@/scripts/demo/seeded-random";
import { type Answer, jsonOf, send, type SendOptions } from "@/e2e/faults/harness/client";
import type { History, ImportCounts, SentPoll } from "@/e2e/faults/harness/history";

/** Shared state of the clients of a soak test. */
export interface Soak {
  readonly random: SeededRandom;
  readonly history: History;
  /** Aborted when no new work should start; work in progress is completed. */
  readonly over: AbortSignal;
  /** A web server that is assumed to run. */
  origin(): string;
  readonly seen: SoakCounts;
}

/** Counters of the run. */
export interface SoakCounts {
  answers: number;
  retries: number;
  lost: number;
  unavailable: number;
  /** Responses that no fault explains, as sentences. */
  readonly wrong: string[];
}

const storesOfClient = 40;
const startAt = Date.UTC(2023, 0, 16);
const timeoutMs = 120_000;

/** Retries until there is a final response; the same key makes it one effect. */
async function sendUntilAnswered(soak: Soak, path: string, options: SendOptions): Promise<Answer | null> {
  const { seen } = soak;
  for (const deadline = performance.now() + timeoutMs; performance.now() < deadline; seen.retries++) {
    const answer = await send(soak.origin() + path, { timeoutMs: 20_000, ...options });
    seen.answers++;
    if (answer.status === 0) seen.lost++;
    else if (answer.status === 503) seen.unavailable++;
    else if (answer.status !== 409 && answer.status !== 429) {
      if (answer.status >= 500) seen.wrong.push(`${path} was answered ${answer.status}: ${answer.text.slice(0, 300)}`);
      if (answer.status < 500) return answer;
    }
    await pause(200 + soak.random.below(600));
  }
  seen.wrong.push(`${path} was not answered within ${timeoutMs / 1_000} s`);
  return null;
}

/** Sends batches of polls of its own stores, some repeated, some with the other status. */
export async function pushPolls(soak: Soak, client: number): Promise<void> {
  const { random, history } = soak;
  let next = 0;
  const before: SentPoll[] = [];
  const fresh = (): SentPoll => {
    const n = next++;
    return {
      store_id: `soak-${client}-${n % storesOfClient}`,
      at: new Date(startAt + Math.floor(n / storesOfClient) * 60_000 + client).toISOString(),
      status: random.chance(0.9) ? "active" : "inactive",
    };
  };
  const again = (): SentPoll => {
    const known = before[random.below(before.length)] ?? fresh();
    return random.chance(0.2) ? { ...known, status: "inactive" } : known;
  };
  for (let batch = 0; !soak.over.aborted; batch++) {
    const polls = Array.from({ length: 1 + random.below(120) }, () => (random.chance(0.9) ? fresh() : again()));
    const operation = { kind: "polls", polls } as const;
    const op = history.invoke(operation);
    const answer = await sendUntilAnswered(soak, "/api/v1/polls", { body: { polls }, key: `polls-${client}-${batch}` });
    history.outcome(answer === null ? "info" : answer.status === 200 ? "ok" : "fail", op, operation);
    if (answer !== null && answer.status !== 200) soak.seen.wrong.push(`polls were refused: ${answer.text}`);
    before.push(...polls);
    before.splice(0, Math.max(0, before.length - 2_000));
    await pause(400 + random.below(1_000));
  }
}

interface ReportBody {
  readonly id: number;
  readonly state: string;
}

/** Triggers reports, watches them to their end and downloads them from any server. */
export async function requestReports(soak: Soak, client: number): Promise<void> {
  const { random, history } = soak;
  for (let n = 0; !soak.over.aborted; n++) {
    const key = `report-${client}-${n}`;
    const op = history.invoke({ kind: "trigger", key, reportId: null });
    const body = random.chance(0.3) ? { scope: "fleet" } : { store_id: `soak-0-${random.below(storesOfClient)}` };
    const answer = await sendUntilAnswered(soak, "/api/v1/reports", { body, key });
    if (answer === null || answer.status !== 202) {
      history.outcome(answer === null ? "info" : "fail", op, { kind: "trigger", key, reportId: null });
      await pause(1_000);
      continue;
    }
    const { id } = jsonOf(answer) as ReportBody;
    history.outcome("ok", op, { kind: "trigger", key, reportId: id });
    const again = await sendUntilAnswered(soak, "/api/v1/reports", { body, key });
    if (again?.status === 202) {
      const second = history.invoke({ kind: "trigger", key, reportId: null });
      history.outcome("ok", second, { kind: "trigger", key, reportId: (jsonOf(again) as ReportBody).id });
    }
    if ((await watchReport(soak, id)) === "complete") {
      for (let time = 0; time < 2; time++) await download(soak, id);
    }
    await pause(1_000 + random.below(3_000));
  }
}

async function watchReport(soak: Soak, id: number): Promise<string> {
  const { history } = soak;
  for (const deadline = performance.now() + timeoutMs; performance.now() < deadline;) {
    const op = history.invoke({ kind: "report", reportId: id, state: null });
    const answer = await sendUntilAnswered(soak, `/api/v1/reports/${id}`, {});
    const state = answer?.status === 200 ? (jsonOf(answer) as ReportBody).state : null;
    history.outcome(state === null ? "info" : "ok", op, { kind: "report", reportId: id, state });
    if (state === "complete" || state === "failed") return state;
    await pause(200);
  }
  soak.seen.wrong.push(`report ${id} did not end within ${timeoutMs / 1_000} s`);
  return "unknown";
}

async function download(soak: Soak, id: number): Promise<void> {
  const op = soak.history.invoke({ kind: "csv", reportId: id, sha256: null, etag: null });
  const answer = await sendUntilAnswered(soak, `/api/v1/reports/${id}.csv`, {});
  const whole = answer?.status === 200;
  soak.history.outcome(whole ? "ok" : "info", op, {
    kind: "csv",
    reportId: id,
    sha256: whole ? createHash("sha256").update(answer.text).digest("hex") : null,
    etag: whole ? answer.headers.get("etag") : null,
  });
}

interface ImportBody {
  readonly id: number;
  readonly state: string;
  readonly counts: ImportCounts | null;
}

/** Sends files of polls and watches their imports to the end. */
export async function sendFiles(soak: Soak, client: number): Promise<void> {
  const { random, history } = soak;
  for (let n = 0; !soak.over.aborted; n++) {
    const polls = Array.from({ length: 3_000 }, (_, i): SentPoll => {
      const at = new Date(startAt + n * 3_600_000 + Math.floor(i / storesOfClient) * 1_000 + client);
      return { store_id: `soak-file-${i % storesOfClient}`, at: at.toISOString(), status: "active" };
    });
    const rows = polls.map(({ store_id, at, status }) => `${store_id},${status},${at}`);
    const body = ["store_id,status,timestamp_utc", ...rows, ""].join("\n");
    const operation = { kind: "polls", polls } as const;
    const op = history.invoke(operation);
    const answer = await sendUntilAnswered(soak, "/api/v1/imports/polls", { body, key: `file-${client}-${n}` });
    const ended = answer?.status === 202 ? await watchImport(soak, (jsonOf(answer) as ImportBody).id) : null;
    const kept = ended?.state === "complete";
    history.outcome(kept ? "ok" : ended?.state === "failed" ? "fail" : "info", op, operation);
    if (ended !== null) {
      const seen = history.invoke({ kind: "import", importId: ended.id, state: "", counts: null });
      const { id, state, counts } = ended;
      history.outcome("ok", seen, { kind: "import", importId: id, state, counts });
    }
    await pause(10_000 + random.below(15_000));
  }
}

async function watchImport(soak: Soak, id: number): Promise<ImportBody | null> {
  for (const deadline = performance.now() + timeoutMs; performance.now() < deadline;) {
    const answer = await sendUntilAnswered(soak, `/api/v1/imports/${id}`, {});
    const body = answer?.status === 200 ? (jsonOf(answer) as ImportBody) : null;
    if (body !== null && ["complete", "complete_with_rejects", "failed"].includes(body.state)) return body;
    await pause(500);
  }
  soak.seen.wrong.push(`import ${id} did not end within ${timeoutMs / 1_000} s`);
  return null;
}

/** Reads pages, like users. */
export async function readPages(soak: Soak): Promise<void> {
  while (!soak.over.aborted) {
    const path = soak.random.pick(["/", "/reports", "/imports", "/data-quality", "/stores/soak-0-1"]);
    const answer = await send(soak.origin() + path, { headers: { accept: "text/html" }, timeoutMs: 20_000 });
    soak.seen.answers++;
    if (answer.status === 0) soak.seen.lost++;
    else if (answer.status === 503) soak.seen.unavailable++;
    // The store is unknown before its first poll.
    else if (answer.status !== 200 && answer.status !== 404)
      soak.seen.wrong.push(`${path} was answered ${answer.status}`);
    await pause(1_000 + soak.random.below(2_000));
  }
}

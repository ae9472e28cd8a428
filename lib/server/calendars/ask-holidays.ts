import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { HolidayCountries } from "@/lib/contract/calendars";
import type { Holiday } from "@/lib/uptime/holiday-dates";
import type { HolidayQuestion } from "./holiday-source";

/** Far more than any country takes on a busy machine. */
const longestMs = 30_000;

/** A thread does not inherit the loader for TypeScript, so it is passed on. */
function inThread(workerData: HolidayQuestion | null): Promise<unknown> {
  const file = JSON.stringify(pathToFileURL(join(process.cwd(), "lib/server/calendars/holidays.worker.ts")).href);
  const worker = new Worker(`import("tsx/esm/api").then(({ tsImport }) => tsImport(${file}, ${file}))`, {
    eval: true,
    execArgv: [],
    workerData,
  });
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      reject(new Error("Reading the holidays timed out."));
      void worker.terminate();
    }, longestMs);
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => {
      clearTimeout(limit);
      reject(new Error("The thread that reads holidays ended without an answer."));
    });
  });
}

/** Answers that are kept, the newest last: a preview asks the same again and again. */
const kept = new Map<string, Promise<unknown>>();
const mostKept = 20;
let turn: Promise<unknown> = Promise.resolve();

/**
 * Answers a question in a thread that ends afterwards, so that neither a second of processor time blocks other requests
 * nor the library stays in memory. One question at a time.
 */
function ask(question: HolidayQuestion | null): Promise<unknown> {
  const key = JSON.stringify(question);
  const known = kept.get(key);
  if (known !== undefined) return known;
  const answer = turn.then(() => inThread(question));
  kept.set(key, answer);
  turn = answer.catch(() => {
    kept.delete(key);
  });
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  return answer;
}

/** The holidays of a place, ascending; null for an unknown place. */
export const askHolidays = async (question: HolidayQuestion) => (await ask(question)) as readonly Holiday[] | null;

/** Every place whose holidays are known. */
export const askPlaces = async () => (await ask(null)) as HolidayCountries["countries"];

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

/** A question to the thread. Its answer is a weakness as returned by `passwordWeakness`. */
export interface StrengthQuestion {
  readonly password: string;
  readonly about: readonly string[];
}

/** The word lists take 40 MB, so an idle thread is ended. */
const idleMs = 60_000;

/** Far more than the longest password takes on a busy machine once the lists are loaded. */
const longestMs = 20_000;

let worker: Worker | null = null;
let turn: Promise<unknown> = Promise.resolve();
let idle: NodeJS.Timeout | undefined;

/** A thread does not inherit the loader for TypeScript, so it is passed on. */
function startWorker(): Worker {
  const file = JSON.stringify(pathToFileURL(join(process.cwd(), "lib/server/access/password-strength.worker.ts")).href);
  const started = new Worker(`import("tsx/esm/api").then(({ tsImport }) => tsImport(${file}, ${file}))`, {
    eval: true,
    execArgv: [],
  });
  started.unref();
  started.once("exit", () => {
    if (worker === started) worker = null;
  });
  return started;
}

function ask(question: StrengthQuestion): Promise<string | null> {
  const asked = (worker ??= startWorker());
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(limit);
      asked.removeAllListeners("message").removeAllListeners("error");
      asked.unref();
      act();
    };
    const fail = (error: Error) => {
      settle(() => {
        reject(error);
      });
      void asked.terminate();
      worker = null;
    };
    const limit = setTimeout(() => {
      fail(new Error("The password strength check timed out."));
    }, longestMs);
    asked.on("error", fail);
    asked.on("message", (weakness: string | null) => {
      settle(() => {
        resolve(weakness);
      });
    });
    asked.ref();
    asked.postMessage(question);
  });
}

/**
 * `passwordWeakness` in a worker thread: loading its lists takes half a second of processor time and a long password a
 * quarter, which would block all other requests. One is checked at a time.
 */
export function estimateStrength(question: StrengthQuestion): Promise<string | null> {
  clearTimeout(idle);
  const answer = turn.then(() => ask(question));
  const end = answer.then(
    () => undefined,
    () => undefined,
  );
  turn = end;
  void end.then(() => {
    if (turn !== end) return;
    idle = setTimeout(() => {
      void worker?.terminate();
      worker = null;
    }, idleMs).unref();
  });
  return answer;
}

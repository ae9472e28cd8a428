import { parentPort } from "node:worker_threads";
import { passwordWeakness } from "./password-strength";
import type { StrengthQuestion } from "./strength-worker";

parentPort?.on("message", ({ password, about }: StrengthQuestion) => {
  parentPort?.postMessage(passwordWeakness(password, about));
});

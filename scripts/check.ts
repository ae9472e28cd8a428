import { runChecks } from "./check/check";

const { failed } = await runChecks({ signal: new AbortController().signal, print: console.log, concurrency: 2 });
process.exit(failed === 0 ? 0 : 1);

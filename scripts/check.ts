import { runChecks } from "./check/check";

const { failed } = await runChecks();
process.exit(failed === 0 ? 0 : 1);

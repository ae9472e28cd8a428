import { parseArgs } from "node:util";
import { runSupervisor } from "@/db/bundled";

const { values } = parseArgs({
  options: {
    "data-dir": { type: "string" },
    generation: { type: "string" },
    "pg-bin": { type: "string" },
    throwaway: { type: "boolean" },
  },
});
const dataDir = values["data-dir"];
const generation = Number(values.generation);
if (dataDir === undefined || !Number.isInteger(generation)) {
  console.error(
    "supervisor --data-dir FOLDER --generation N [--pg-bin FOLDER] [--throwaway]   (started by the commands that need it)",
  );
  process.exit(2);
}

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    stop.abort();
  });
// The log may be on the full disk, which is when the supervisor must continue.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
try {
  await runSupervisor({
    dataDir,
    generation,
    pgBin: values["pg-bin"],
    throwaway: values.throwaway === true,
    signal: stop.signal,
    log: (line) => {
      console.log(`${new Date().toISOString()} ${line}`);
    },
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
process.exit(0);

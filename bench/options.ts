import { parseArgs } from "node:util";

export const rowNames = [
  "import",
  "memory",
  "fleet",
  "calendar",
  "job",
  "store",
  "page",
  "batch",
  "history",
  "browser",
  "small",
] as const;
export type RowName = (typeof rowNames)[number];

export const usage = `Usage: npm run bench -- [--scale N] [--history DAYS] [--runs N] [--only ROW,ROW] [--json FILE]

Measures what the fleet's size costs, on a PostgreSQL of its own that is deleted at the end, and prints a table of
medians with their ratios to a floor of the same run. docs/performance.md says how to read it.

  --scale N       above 1: the costs of N times the public fleet, compared with that fleet in the same run
                  (import, figures, job and the memory of each process); below 1: all rows of a smaller fleet (1)
  --history DAYS  days of polls before the week, for the row history (80)
  --runs N        of each row (3)
  --only ROW,ROW  some of: ${rowNames.join(", ")}; all except browser by default
  --json FILE     where the results are written with every run (bench-results/scale-N.json)
  --help          this text`;

export interface BenchOptions {
  /** Multiple of the 14,092 stores and 1.8 million polls of the public data set. */
  readonly scale: number;
  readonly historyDays: number;
  readonly runs: number;
  readonly only: ReadonlySet<RowName>;
  readonly json: string;
}

export class UsageError extends Error {}

/** @returns null when help was requested   @throws UsageError */
export function readOptions(args: readonly string[]): BenchOptions | null {
  const text = { type: "string" } as const;
  const options = {
    scale: { ...text, default: "1" },
    history: { ...text, default: "80" },
    runs: { ...text, default: "3" },
    only: { ...text, default: rowNames.filter((row) => row !== "browser").join(",") },
    json: text,
    help: { type: "boolean" },
  } as const;
  let values;
  try {
    ({ values } = parseArgs({ args: [...args], options, strict: true }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  if (values.help) return null;
  const number = (name: "scale" | "history" | "runs", least: number): number => {
    const value = Number(values[name]);
    if (!Number.isFinite(value) || value < least) throw new UsageError(`--${name} must be ${String(least)} or more.`);
    return value;
  };
  const only = new Set(
    values.only.split(",").map((name) => {
      const row = rowNames.find((one) => one === name);
      if (row === undefined) throw new UsageError(`Unknown row ${name}; rows are ${rowNames.join(", ")}.`);
      return row;
    }),
  );
  return {
    scale: number("scale", 0.001),
    historyDays: number("history", 1),
    runs: Math.floor(number("runs", 1)),
    only,
    json: values.json ?? `bench-results/scale-${values.scale}.json`,
  };
}

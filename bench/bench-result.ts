import { median } from "./statistics";

export interface BenchFloor {
  readonly what: string;
  readonly runs: readonly number[];
}

/** One line of the table. Times in ms, memory in MB, transferred data in kB. */
export interface BenchResult {
  readonly row: string;
  readonly what: string;
  readonly unit: "ms" | "MB" | "kB";
  readonly runs: readonly number[];
  /** The lower bound for the same rows, measured in the same runs; none when the row has no bound. */
  readonly floor?: BenchFloor;
  /** The target: a maximum, and a maximum multiple of the floor. */
  readonly target?: { readonly most?: number; readonly ratio?: number };
}

export interface BenchLine {
  readonly row: string;
  readonly what: string;
  readonly median: string;
  readonly spread: string;
  readonly floor: string;
  readonly ratio: string;
  readonly target: string;
  readonly met: string;
}

const shown = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2));

export function ratioOf({ runs, floor }: BenchResult): number | null {
  return floor === undefined ? null : median(runs) / median(floor.runs);
}

export function isMet(result: BenchResult): boolean | null {
  const { target, runs } = result;
  if (target === undefined) return null;
  const ratio = ratioOf(result);
  if (target.most !== undefined && median(runs) > target.most) return false;
  return target.ratio === undefined || (ratio !== null && ratio <= target.ratio);
}

export function toLine(result: BenchResult): BenchLine {
  const { row, what, unit, runs, floor, target } = result;
  const ratio = ratioOf(result);
  const targets = [
    ...(target?.ratio === undefined ? [] : [`≤ ${target.ratio.toFixed(2)} ×`]),
    ...(target?.most === undefined ? [] : [`≤ ${shown(target.most)} ${unit}`]),
  ];
  const met = isMet(result);
  return {
    row,
    what,
    median: `${shown(median(runs))} ${unit}`,
    spread: runs.length < 2 ? "" : `${shown(Math.min(...runs))}–${shown(Math.max(...runs))}`,
    floor: floor === undefined ? "" : `${shown(median(floor.runs))} ${unit} (${floor.what})`,
    ratio: ratio === null ? "" : `${ratio.toFixed(2)} ×`,
    target: targets.join(", "),
    met: met === null ? "" : met ? "yes" : "NO",
  };
}

/** The results as a table of Markdown. */
export function toTable(results: readonly BenchResult[]): string {
  const head = ["row", "what", "median", "runs", "floor", "ratio", "target", "met"];
  const body = results.map(toLine).map((line) => Object.values(line) as string[]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...body.map((cells) => cells[column]?.length ?? 0)),
  );
  const draw = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [draw(head), draw(widths.map((width) => "-".repeat(width))), ...body.map(draw)].join("\n");
}

/** One line of the table: a figure, what it is compared with, and whether it meets that. */
export interface LoadLine {
  /** As named in docs/load.md. */
  readonly row: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly floor?: { readonly what: string; readonly value: number };
  /** Limit of the value, or of its ratio to the floor if there is one. */
  readonly least?: number;
  readonly most?: number;
  /** Further figures of the same run. */
  readonly notes?: Readonly<Record<string, number>>;
}

const shown = (value: number): string => {
  if (!Number.isFinite(value)) return "—";
  return value >= 100 ? Math.round(value).toLocaleString("en-US") : value.toFixed(value >= 10 ? 1 : 2);
};

export function judged({ value, floor, least, most }: LoadLine): {
  readonly judge: number;
  readonly met: boolean | null;
} {
  const judge = floor === undefined ? value : value / floor.value;
  if (least === undefined && most === undefined) return { judge, met: null };
  return { judge, met: judge >= (least ?? -Infinity) && judge <= (most ?? Infinity) };
}

/** The lines as a table of Markdown. */
export function toTable(lines: readonly LoadLine[]): string {
  const head = ["row", "what", "value", "against", "ratio", "target", "met", "besides"];
  const body = lines.map((line) => {
    const { row, what, value, unit, floor, least, most, notes = {} } = line;
    const { judge, met } = judged(line);
    const sign = floor === undefined ? ` ${unit}` : " ×";
    return [
      row,
      what,
      `${shown(value)} ${unit}`,
      floor === undefined ? "" : `${shown(floor.value)} ${unit} (${floor.what})`,
      floor === undefined ? "" : `${judge.toFixed(2)} ×`,
      [...(least === undefined ? [] : [`≥ ${least}${sign}`]), ...(most === undefined ? [] : [`≤ ${most}${sign}`])].join(
        ", ",
      ),
      met === null ? "" : met ? "yes" : "NO",
      Object.entries(notes)
        .map(([name, note]) => `${name} ${shown(note)}`)
        .join(", "),
    ];
  });
  const draw = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [draw(head), draw(head.map(() => "---")), ...body.map(draw)].join("\n");
}

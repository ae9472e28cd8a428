import { choiceCookies, remember } from "./reader-choices";

/** Columns of the list of stores that can be hidden, in their order. The store itself always is shown. */
export const fleetColumns = ["state", "since", "hour", "day", "week", "down", "coverage", "checked"] as const;
export type FleetColumn = (typeof fleetColumns)[number];

export type Density = "comfortable" | "compact";

/** How a reader has the list of stores, as cookies remember it. */
export interface FleetLayout {
  readonly density: Density;
  readonly columns: readonly FleetColumn[];
}

/** What an address or a cookie has where no column is chosen. */
const noColumns = "none";

/** The columns that a text names, in their order; null where it names none that there are. */
export function parseColumns(text: string): readonly FleetColumn[] | null {
  if (text === noColumns) return [];
  const named = text.split(" ");
  const columns = fleetColumns.filter((column) => named.includes(column));
  return columns.length === 0 ? null : columns;
}

export function columnsText(columns: readonly FleetColumn[]): string {
  return columns.length === 0 ? noColumns : columns.join(" ");
}

/** @param density and @param columns the values of the cookies */
export function parseLayout(density: string | undefined, columns: string | undefined): FleetLayout {
  return {
    density: density === "compact" ? "compact" : "comfortable",
    columns: parseColumns(columns ?? "") ?? fleetColumns,
  };
}

export function rememberDensity(density: Density): void {
  remember(choiceCookies.density, density === "compact" ? density : "");
}

export function rememberColumns(columns: readonly FleetColumn[]): void {
  remember(choiceCookies.columns, columns.length === fleetColumns.length ? "" : columnsText(columns));
}

import { Zone } from "luxon";
import { offsetAt, periodsIn, type ZoneTable } from "./zone-table";

/**
 * A zone for Luxon's calendar that uses the rules of our own table, never the runtime's. Luxon answers some questions
 * by Intl for any zone (`Interval.toLocaleString`, `isInDST`): format with offsets instead.
 */
export class LuxonZone extends Zone {
  constructor(
    private readonly givenName: string,
    private readonly table: ZoneTable,
  ) {
    super();
  }

  override get name(): string {
    return this.givenName;
  }

  override get type(): string {
    return "store-monitoring";
  }

  override get isUniversal(): boolean {
    return this.table.at.length === 0;
  }

  override get isValid(): boolean {
    return true;
  }

  override offsetName(at: number): string {
    return periodsIn(this.table, { start: at, end: at + 1 })[0]?.abbreviation ?? "";
  }

  /** Minutes east of UTC. */
  override offset(at: number): number {
    return offsetAt(this.table, at) / 60_000;
  }

  override formatOffset(at: number, format: "narrow" | "short" | "techie"): string {
    const minutes = this.offset(at);
    const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.floor(Math.abs(minutes) % 60)];
    const sign = minutes < 0 ? "-" : "+";
    const pad = (value: number): string => String(value).padStart(2, "0");
    if (format === "narrow") return `${sign}${hours}${rest === 0 ? "" : `:${pad(rest)}`}`;
    return `${sign}${pad(hours)}${format === "techie" ? "" : ":"}${pad(rest)}`;
  }

  override equals(other: Zone): boolean {
    return other instanceof LuxonZone && other.name === this.name && other.table === this.table;
  }
}

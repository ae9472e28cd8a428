/** With fewer checks than this a page names what they found, and gives no percentage. */
export const fewestForPercent = 3;

/** "1 check", "1,204 checks" */
export function checksText(count: number): string {
  return count === 1 ? "1 check" : `${count.toLocaleString("en-US")} checks`;
}

/** What checks found in some time, without a figure. @param up ms  @param down ms; at least one of them above 0 */
export function outcomeText(up: number, down: number): "Up" | "Down" | "Some downtime" {
  if (down === 0) return "Up";
  return up === 0 ? "Down" : "Some downtime";
}

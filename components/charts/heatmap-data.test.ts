import { expect, it } from "vitest";
import { toHeatCells, worstHours } from "./heatmap-data";

const minute = 60_000;

function hourOf(hour: number, up: number, down: number, unknown: number, polls: number) {
  return {
    day: 0,
    hour,
    open_ms: (up + down + unknown) * minute,
    up_ms: up * minute,
    down_ms: down * minute,
    unknown_ms: unknown * minute,
    polls,
  };
}

const cells = toHeatCells([
  hourOf(0, 0, 0, 0, 2),
  hourOf(1, 0, 0, 60, 0),
  hourOf(2, 60, 0, 0, 4),
  hourOf(3, 30, 30, 60, 1),
  hourOf(22, 50, 10, 0, 3),
  hourOf(23, 45, 15, 0, 4),
]);

it("tells closed from not checked, whatever polls of closed time say", () => {
  expect(cells.map(({ state }) => state)).toEqual(["closed", "unknown", "known", "known", "known", "known"]);
  expect(cells.map(({ few }) => few)).toEqual([false, false, false, true, false, false]);
});

it("takes the share of what was checked, and names the outcome alone where one or two checks found it", () => {
  expect(cells.map(({ downShare }) => downShare)).toEqual([0, 0, 0, 0.5, 1 / 6, 0.25]);
  expect(cells[3]?.text).toBe("Some downtime, based on 1 check");
  expect(cells[4]?.text).toBe("83.3% uptime, 10 min down, 3 checks");
  expect(cells[5]?.label).toBe("Mon 23:00–24:00");
});

it("names the worst hours, and only ones with downtime", () => {
  expect(worstHours(cells).map(({ hour }) => hour)).toEqual([3, 23, 22]);
});

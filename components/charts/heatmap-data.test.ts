import { expect, it } from "vitest";
import { defaultStyle } from "@/lib/format/time-style";
import { openHours, shadeOf, toHeatCells, worstHours } from "./heatmap-data";

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

const cells = toHeatCells(
  [
    hourOf(0, 0, 0, 0, 2),
    hourOf(1, 0, 0, 60, 0),
    hourOf(2, 60, 0, 0, 4),
    hourOf(3, 30, 30, 60, 2),
    hourOf(22, 50, 10, 0, 3),
    hourOf(23, 45, 15, 20, 4),
    hourOf(5, 0, 0, 0, 0),
  ],
  defaultStyle,
);

it("distinguishes closed from unchecked time, ignores polls of closed time, and shows no pattern for one or two checks", () => {
  expect(cells.map(({ state }) => state)).toEqual(["closed", "unknown", "known", "few", "known", "known", "closed"]);
});

it("takes the share of what was checked, and names the outcome alone where one or two checks found it", () => {
  expect(cells.map(({ uptime }) => uptime)).toEqual([0, 0, 1, 0.5, 5 / 6, 0.75, 0]);
  expect(cells.map(({ coverage }) => coverage)).toEqual([0, 0, 1, 0.5, 1, 0.75, 0]);
  expect(cells[3]?.text).toBe("Some downtime, based on 2 checks");
  expect(cells[4]?.text).toBe("83.3% uptime, 10 min down, 3 checks");
  expect(cells[5]?.label).toBe("Mon 23:00–24:00");
});

it("names the worst hours, and only ones with downtime and enough checks", () => {
  expect(worstHours(cells).map(({ hour }) => hour)).toEqual([23, 22]);
});

it("spans the hours of the day in which the store is ever open", () => {
  expect(openHours(cells)).toEqual({ from: 1, to: 24 });
  expect(openHours(cells.slice(0, 1))).toEqual({ from: 0, to: 24 });
});

it("draws less uptime stronger, and none as pale as all", () => {
  expect([1, 0.9999, 0.95, 0.94, 0.8, 0.5, 0.49, 0].map(shadeOf)).toEqual([0, 0.2, 0.2, 0.4, 0.4, 0.75, 1, 1]);
});

it("begins a reader's week on Monday in their language", () => {
  const hours = [hourOf(9, 60, 0, 0, 4)];
  const [cell] = toHeatCells(hours, {
    ...defaultStyle,
    hour12: true,
    weekdays: ["So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"],
  });
  expect(cell?.label).toBe("Mo 9:00\u00a0AM–10:00\u00a0AM");
});

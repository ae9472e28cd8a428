import { expect, it } from "vitest";
import { ImportClock } from "./import-progress";

it("estimates from the share that is read, and from the rows that are then kept", () => {
  const clock = new ImportClock(1_000, 5_000);
  expect(clock.step(5_500)).toEqual({ phase: "reading", rowsRead: 0, bytesRead: 0, secondsLeft: null });
  clock.note({ phase: "reading", bytes: 250, rows: 500_000 }, 7_000);
  // Three quarters more at two seconds each, then two million rows at 6 µs.
  expect(clock.step(7_000)).toEqual({ phase: "reading", rowsRead: 500_000, bytesRead: 250, secondsLeft: 6 + 12 });
  clock.note({ phase: "storing", bytes: 1_000, rows: 2_000_000 }, 13_000);
  expect(clock.step(14_000)).toMatchObject({ phase: "storing", secondsLeft: 11 });
  expect(clock.step(60_000)).toMatchObject({ secondsLeft: 1 });
});

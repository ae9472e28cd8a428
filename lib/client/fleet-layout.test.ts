import { expect, it } from "vitest";
import { columnsText, fleetColumns, parseColumns, parseLayout } from "./fleet-layout";

it("reads back the columns that it wrote, in their order", () => {
  expect(parseColumns(columnsText(["state", "week"]))).toEqual(["state", "week"]);
  expect(parseColumns("week moon state")).toEqual(["state", "week"]);
  expect(parseColumns(columnsText([]))).toEqual([]);
});

it("shows all columns, comfortably, to a reader who has chosen nothing that there is", () => {
  const all = { density: "comfortable", columns: fleetColumns };
  expect(parseLayout(undefined, undefined)).toEqual(all);
  expect(parseLayout("tiny", "moon")).toEqual(all);
  expect(parseLayout("compact", "none")).toEqual({ density: "compact", columns: [] });
});

import { expect, it } from "vitest";
import { chicago } from "@/lib/format/test-support/clocks";
import { gapText } from "./gap-text";

const asOf = "2023-01-26T18:00:00.000Z";

it("names a gap in the zone of the page, and its second day only where there is one", () => {
  const gap = { start: "2023-01-24T09:22:00.000Z", end: "2023-01-24T13:42:00.000Z" };
  expect(gapText(gap, asOf, chicago)).toBe("Monitoring gap Tue 03:22–07:42");
  const longer = { ...gap, end: "2023-01-25T13:42:00.000Z" };
  expect(gapText(longer, asOf, chicago)).toBe("Monitoring gap Tue 03:22 to Wed 07:42");
});

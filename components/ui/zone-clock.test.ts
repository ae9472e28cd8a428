import { expect, it } from "vitest";
import { RequestError } from "@/lib/client/fetch-json";
import { zoneFaultOf, zoneFaultText } from "./zone-clock";

it("tells a zone that the server does not know from a request that failed", () => {
  const problem = (code: string, status: number | null) => new RequestError("", code, status, null);
  expect(zoneFaultOf(null)).toBeNull();
  expect(zoneFaultOf(problem("invalid_zone", 400))).toBe("unknown_zone");
  expect([problem("unreachable", null), problem("internal_error", 500), new Error("x")].map(zoneFaultOf)).toEqual([
    ...["failed", "failed", "failed"],
  ]);
  expect(zoneFaultText("Asia/Tokyo", "failed")).toBe("Couldn’t load your time zone “Asia/Tokyo”. Times are in UTC.");
  expect(zoneFaultText("Mars", "unknown_zone")).toMatch(/^Your browser’s time zone “Mars” is unknown to the server/);
});

import { afterEach, expect, it } from "vitest";
import { faultPoint } from "@/lib/faults/fault-point";
import { faultEnv } from "./fault-env";
import { armFaults, parseFaults } from "./faults";

afterEach(() => armFaults([]));

it("does nothing unless a test asks for it", async () => {
  await expect(faultPoint("report.saved")).resolves.toBeUndefined();
});

it("fails on the nth pass, or on each", async () => {
  armFaults(parseFaults("report.saved:throw:2,import.read:enospc"));
  await faultPoint("report.saved");
  await expect(faultPoint("report.saved")).rejects.toThrow("report.saved");
  await faultPoint("report.saved");
  for (let i = 0; i < 2; i++) await expect(faultPoint("import.read")).rejects.toMatchObject({ code: "53100" });
});

it("delays by the given ms", async () => {
  armFaults(parseFaults("report.saved:delay:*:30"));
  const before = performance.now();
  await faultPoint("report.saved");
  expect(performance.now() - before).toBeGreaterThan(25);
});

it.each(["", "nowhere:kill", "report.saved:explode", "report.saved:kill:0", "report.saved:delay:1:x"])(
  "rejects %j",
  (text) => {
    expect(() => parseFaults(text)).toThrow("is not like");
  },
);

it("names an existing fault point", () => {
  expect(faultEnv("report.saved:kill").FAULT_POINTS).toBe("report.saved:kill");
  expect(() => faultEnv("report.nowhere:kill")).toThrow("no fault point report.nowhere");
});

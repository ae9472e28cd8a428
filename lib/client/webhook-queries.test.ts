import { describe, expect, it } from "vitest";
import { deliveriesPauseMs } from "./webhook-queries";

const now = Date.parse("2026-01-28T20:00:00.000Z");
const pending = (seconds: number | null) => ({
  state: "pending" as const,
  next_attempt_at: seconds === null ? null : new Date(now + seconds * 1_000).toISOString(),
});
const delivered = { state: "delivered" as const, next_attempt_at: null };

describe("deliveries", () => {
  it("are asked for often only while an attempt is near", () => {
    expect(deliveriesPauseMs([delivered, pending(null)], now)).toBe(2_000);
    expect(deliveriesPauseMs([pending(7_200), pending(1)], now)).toBe(2_000);
    expect(deliveriesPauseMs([pending(-5)], now)).toBe(2_000);
    expect(deliveriesPauseMs([pending(59)], now), "an attempt in progress").toBe(2_000);
  });

  it("are asked for every half minute otherwise", () => {
    expect(deliveriesPauseMs([pending(7_200)], now)).toBe(30_000);
    expect(deliveriesPauseMs([delivered], now)).toBe(30_000);
    expect(deliveriesPauseMs([], now)).toBe(30_000);
    expect(deliveriesPauseMs([pending(-3_600)], now), "overdue, so nothing sends").toBe(30_000);
  });
});

import { expect, it } from "vitest";
import { parseEnv } from "@/lib/server/env";
import { securityText } from "./security-text";

const now = Date.UTC(2026, 10, 28, 20, 15);

it("has the contact, and an expiry within half a year that changes once a day", () => {
  const text = securityText("mailto:security@example.com", null, now);
  expect(text).toBe(
    "Contact: mailto:security@example.com\r\nExpires: 2027-05-27T00:00:00.000Z\r\nPreferred-Languages: en\r\n",
  );
  expect(securityText("mailto:security@example.com", null, Date.UTC(2026, 10, 28))).toBe(text);
});

it("names its own address only when that is known and https", () => {
  expect(securityText("https://example.com/report", "https://uptime.example", now)).toContain(
    "\r\nCanonical: https://uptime.example/.well-known/security.txt\r\n",
  );
  expect(securityText("https://example.com/report", "http://uptime.example", now)).not.toContain("Canonical");
});

it.each(["security@example.com", "mailto:nobody", "http://example.com", "https://a b", "https://a\r\nExpires: x"])(
  "rejects the contact %j",
  (contact) => {
    expect(() => parseEnv({ SECURITY_CONTACT: contact })).toThrow(/SECURITY_CONTACT: must be like mailto:/);
  },
);

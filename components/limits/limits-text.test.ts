import { expect, it } from "vitest";
import { parseEnv } from "@/lib/server/env";
import { limitsInForce } from "@/lib/server/health/limits-in-force";
import { limitGroups } from "./limits-text";

function shownWith(settings: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const rows = limitGroups(limitsInForce(parseEnv(settings))).flatMap((group) => group.rows);
  return Object.fromEntries(rows.map(({ setting, value }) => [setting, value]));
}

it("shows the settings that the server was started with", () => {
  const settings = {
    RETENTION_DAYS: "60",
    RESULT_RETENTION_DAYS: "1",
    RATE_LIMIT_TRIGGER_PER_MINUTE: "1200",
    IMPORT_MAX_BYTES: "5000000",
    QUERY_TIMEOUT_SECONDS: "90",
  };
  expect(shownWith(settings)).toMatchObject({
    RETENTION_DAYS: "60 days before the latest check",
    RESULT_RETENTION_DAYS: "1 day",
    RATE_LIMIT_TRIGGER_PER_MINUTE: "1,200 per minute",
    IMPORT_MAX_BYTES: "5.0 MB",
    QUERY_TIMEOUT_SECONDS: "90 s",
  });
});

it("says where there is no limit, and shows every setting once", () => {
  const shown = shownWith({ RESULT_RETENTION_DAYS: "0", REPORTS_UNDER_WAY: "0" });
  expect(shown).toMatchObject({
    RETENTION_DAYS: "Forever",
    RESULT_RETENTION_DAYS: "Forever",
    REPORTS_UNDER_WAY: "Unlimited",
  });
  expect(Object.keys(shown).sort()).toEqual(Object.keys(limitsInForce(parseEnv({}))).sort());
});

import { describe, expect, it } from "vitest";
import {
  auditDefaults,
  auditHref,
  auditQueryAddress,
  isAuditFiltered,
  parseAuditParams,
  type AuditParams,
} from "./audit-params";

describe("the address of the audit page", () => {
  it("says what is asked for, and is read back", () => {
    const params: AuditParams = {
      ...{ principal: "person:7", action: "key.revoke", subject: "key:abcd2345" },
      ...{ from: "2026-01-30", to: "2026-01-31", cursor: "YTk" },
    };
    const href = auditHref(params);
    expect(href).toBe(
      "/audit?principal=person%3A7&action=key.revoke&subject=key%3Aabcd2345&from=2026-01-30&to=2026-01-31&cursor=YTk",
    );
    const raw = Object.fromEntries(new URL(href, "http://localhost").searchParams);
    expect(parseAuditParams(raw)).toEqual({ params, notices: [] });
    expect([isAuditFiltered(params), isAuditFiltered({ ...auditDefaults, cursor: "YTk" })]).toEqual([true, false]);
  });

  it("is short where nothing is asked for, and an empty field asks for nothing", () => {
    const raw = { principal: "", action: "", subject: " ", from: "", to: "", cursor: "" };
    expect(parseAuditParams(raw)).toEqual({ params: auditDefaults, notices: [] });
    expect(auditHref(auditDefaults)).toBe("/audit");
  });

  it("asks the API for whole days of UTC, the last one among them", () => {
    const params = { ...auditDefaults, from: "2024-02-28", to: "2024-02-28" };
    expect(auditQueryAddress(params)).toBe(
      "/api/v1/audit?from=2024-02-28T00%3A00%3A00.000Z&to=2024-02-29T00%3A00%3A00.000Z",
    );
  });

  it.each(["2026-02-30", "2026-1-1", "yesterday", "2026-01-01T00:00:00Z", "0000-00-00"])(
    "takes no day that is none, and says so: %s",
    (day) => {
      const { params, notices } = parseAuditParams({ from: day, to: day, action: "everything" });
      expect(params).toEqual(auditDefaults);
      expect(notices).toHaveLength(3);
    },
  );
});

import { describe, expect, it } from "vitest";
import type { AuditList } from "@/lib/contract/access";
import { auditActions } from "@/lib/contract/enums";
import { actionText, auditSentence } from "./audit-text";

const entry: AuditList["entries"][number] = {
  id: 1,
  at: "2026-01-28T20:00:00.000Z",
  principal: "person:7",
  name: "Maria",
  action: "key.revoke",
  subject: "key:abcd2345",
  subject_name: "POS",
  address: "192.0.2.7",
};

function sentenceOf(change: Partial<typeof entry>): string {
  const { actor, before, target, after } = auditSentence({ ...entry, ...change });
  return [actor, before, target, after].filter(Boolean).join(" ");
}

describe("an entry of the audit log", () => {
  it.each([
    [{}, "Maria revoked key POS"],
    [{ subject_name: null }, "Maria revoked key abcd2345"],
    [{ action: "session.create", subject: "person:7", subject_name: "Maria" }, "Maria signed in"],
    [{ action: "person.remove", subject: "person:9", subject_name: null }, "Maria removed user 9"],
    [
      { action: "exception.put", subject: "store:74", subject_name: "Main Street" },
      "Maria set special hours of store Main Street",
    ],
    [{ action: "import.undo", subject: "import:12", subject_name: null }, "Maria undid import 12"],
    [{ action: "key.expose", principal: "system", name: null }, "System found key POS in a URL"],
    [
      { action: "session.refuse", principal: "anonymous", name: null, subject: "nobody", subject_name: null },
      "Someone failed to sign in as an unknown user",
    ],
    [
      { action: "zone_rules.update", principal: "system", name: null, subject: "2025a to 2025b", subject_name: null },
      "System updated the time zone rules: 2025a to 2025b",
    ],
    [{ action: "other.action" }, "Maria other.action key POS"],
  ])("reads as a sentence: %j", (change, sentence) => {
    expect(sentenceOf(change)).toBe(sentence);
  });

  it("has a sentence and a name for every action", () => {
    const names = auditActions.map(actionText);
    expect(new Set(names).size).toBe(auditActions.length);
    for (const action of auditActions) expect(sentenceOf({ action })).not.toContain(action);
  });
});

import { describe, expect, it } from "vitest";
import { idFault } from "./id-fault";
import { mergeEffectText } from "./merge-text";

const none = { id: null, merged_at: null, undoable_until: null, undone_at: null };
const stores = { store_id: "kept", source_id: "given-up" };
const nothing = { polls: 0, polls_added: 0, polls_conflicting: 0, people_added: 0, limited_keys: 0 };
const kept =
  "kept keeps its own name, hours, time zone and special hours, and follows the calendars assigned to either. given-up becomes an earlier ID of it.";

describe("the effect of a merge in words", () => {
  it("names checks, contradictions, people and keys, each with its number", () => {
    const effect = { polls: 1_200, polls_added: 1_000, polls_conflicting: 3, people_added: 2, limited_keys: 2 };
    expect(mergeEffectText({ ...none, ...stores, ...effect })).toEqual([
      "1,200 checks of given-up move to kept, 1,000 at times without a check there.",
      "3 checks conflict with those of the store: offline wins.",
      kept,
      "2 people with access to the other store get access to this one.",
      "2 API keys limited to the other store lose it.",
    ]);
  });

  it("counts one as one", () => {
    const effect = { polls: 2, polls_added: 1, polls_conflicting: 1, people_added: 1, limited_keys: 1 };
    expect(mergeEffectText({ ...none, ...stores, ...effect, polls: 1 })[0]).toBe(
      "1 check of given-up moves to kept, 1 at times without a check there.",
    );
    expect(mergeEffectText({ ...none, ...stores, ...effect }).slice(1)).toEqual([
      "1 check conflicts with one of the store: offline wins.",
      kept,
      "1 person with access to the other store gets access to this one.",
      "1 API key limited to the other store loses it.",
    ]);
  });

  it("leaves out what does not happen", () => {
    expect(mergeEffectText({ ...none, ...stores, ...nothing })).toEqual(["given-up has no checks.", kept]);
  });
});

it("an id has 1 to 64 letters, digits, hyphens and underscores", () => {
  expect(idFault("")).toBe("Enter an ID.");
  expect(idFault("a b")).toMatch(/^Use 1 to 64/);
  expect(idFault("x".repeat(65))).toMatch(/^Use 1 to 64/);
  expect(idFault("8419537941919820732")).toBeNull();
  expect(idFault("a_B-9")).toBeNull();
});

import { expect, it } from "vitest";
import { storeAdvice } from "./store-advice";

it("says what to do about a store that is offline or not checked", () => {
  expect(storeAdvice({ state: "offline", lifecycle: "active" }, false)).toBe(
    "Check the store’s internet connection and ordering devices. Checks come about once an hour.",
  );
  expect(storeAdvice({ state: "no_recent_check", lifecycle: "active" }, false)).toBe(
    "The store may be online. The next check will tell.",
  );
});

it.each(["online", "closed"] as const)("says nothing about a store that is %s", (state) => {
  expect(storeAdvice({ state, lifecycle: "active" }, false)).toBe("");
});

it("says nothing where the state is old, or the store is paused or retired", () => {
  expect(storeAdvice({ state: "offline", lifecycle: "active" }, true)).toBe("");
  expect(storeAdvice({ state: "offline", lifecycle: "paused" }, false)).toBe("");
  expect(storeAdvice({ state: "offline", lifecycle: "retired" }, false)).toBe("");
});

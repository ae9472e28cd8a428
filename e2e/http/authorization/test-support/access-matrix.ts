import { describe, expect, it } from "vitest";
import type { Operation } from "@/lib/contract/operation";
import { operations } from "@/lib/contract/operations";
import { expectDocumented } from "@/lib/contract/test-support/expect-documented";
import type { AccessWorld } from "./access-world";
import {
  changes,
  forAnyone,
  forOwnerOfAnother,
  fromElsewhere,
  protectedOperations,
  requestOf,
  type Caller,
  type Ids,
} from "./access-rows";

/** Sends a request for an operation to the system under test. */
export type Send = (operation: Operation, request: Request) => Promise<Response>;

/** A response that was checked against the documentation. */
export interface HeldAnswer {
  readonly status: number;
  /** Of a problem. */
  readonly code: unknown;
  readonly text: string;
  readonly headers: Headers;
}

/** Sends a caller's request for an object of another. */
export type Call = (operation: Operation, caller: Caller, ids: Ids) => Promise<HeldAnswer>;

/** Calls by `send`, and checks each response against the documentation of the operation. */
export function callBy(send: Send): Call {
  return async (operation, caller, ids) => {
    const request = requestOf(operation, caller, ids);
    const response = await send(operation, request.clone());
    const text = await response.clone().text();
    if (text.includes("could not be serialised")) throw new Error(text);
    await expectDocumented(request, response);
    const code: unknown = text.startsWith("{") ? Reflect.get(JSON.parse(text) as object, "code") : undefined;
    return { status: response.status, code, text, headers: response.headers };
  };
}

/** Rows that would delete what the other rows need; journeys cover them. */
const takesAway = new Set([
  ...["signOutEverywhere", "deleteWebhook", "removePerson", "changePerson", "changePassword", "getMetrics"],
]);

const unnamed = (text: string): string => text.replace(/"request_id":"[^"]+"/, "");

/** An error about an object, without the requested ids. */
function plain(text: string, ids: Ids): string {
  const words = Object.values(ids).reduce((rest, one) => rest.replaceAll(new RegExp(`\\b${one}\\b`, "g"), "…"), text);
  return unnamed(words);
}

/**
 * Every operation of the API's description with every caller: the access tests, for any way of sending requests. An
 * operation without a row fails.
 */
export function describeAccessMatrix(world: () => AccessWorld, send: Send): void {
  const call = callBy(send);

  it("has a row for every operation", () => {
    const anyone = operations.filter(({ access }) => access.scope === "anyone").map(({ id }) => id);
    expect(anyone.sort()).toEqual(Object.keys(forAnyone).sort());
    expect(protectedOperations.map(({ id }) => id).sort()).toEqual(Object.keys(forOwnerOfAnother).sort());
  });

  describe.each(protectedOperations.map((operation) => ({ id: operation.id, operation })))(
    "$id",
    ({ id, operation }) => {
      const { scope, ...access } = operation.access;

      it("responds to every unknown caller with the same 401", async () => {
        const { refused, theirs } = world();
        const texts = new Set<string>();
        for (const [who, caller] of Object.entries(refused)) {
          const { status, code, text, headers } = await call(operation, caller, theirs);
          expect([who, status, code]).toEqual([who, 401, "unauthenticated"]);
          expect(headers.get("www-authenticate")).toMatch(/^Bearer/);
          expect(headers.get("cache-control")).toContain("no-store");
          texts.add(unnamed(text));
        }
        expect(texts.size).toBe(1);
      });

      it("requires the scope of a key", async () => {
        const { everyScope, keysWithout, readOnly, theirs } = world();
        const refusal = { status: 403, code: "insufficient_scope" };
        if (scope === "person") {
          expect(await call(operation, everyScope, theirs)).toMatchObject(refusal);
          return;
        }
        const without = scope === "anyone" ? undefined : keysWithout.get(scope);
        expect(await call(operation, without ?? {}, theirs)).toMatchObject(refusal);
        const mayRead = scope === "stores:read" || scope === "reports:read";
        if (!mayRead) expect(await call(operation, readOnly, theirs)).toMatchObject(refusal);
      });

      it("shows the owner of another store nothing, and the same error as for a missing object", async () => {
        const { callers, ownersKey, theirs, nobodys } = world();
        const expected = forOwnerOfAnother[id];
        if (expected === "own") return;
        for (const caller of scope === "person" ? [callers.owner] : [callers.owner, ownersKey]) {
          const { status, code, text } = await call(operation, caller, theirs);
          expect([id, status]).toEqual([id, expected]);
          // An error for a missing object repeats the requested id.
          if (expected !== 404) expect(text).not.toMatch(/Secret Name|"other"|other@x\.org|"h"/);
          if (expected === 403) expect(code).toBe("insufficient_scope");
          if (expected !== 404) continue;
          const absent = await call(operation, caller, nobodys);
          expect(plain(absent.text, nobodys)).toBe(plain(text, theirs));
        }
      });

      it.runIf(changes(operation))("rejects requests from another site's page", async () => {
        const { callers, theirs } = world();
        const { cookie: sent = "" } = callers.operator;
        for (const from of fromElsewhere) {
          const answer = await call(operation, { cookie: sent, ...from }, theirs);
          expect(answer).toMatchObject({ status: 403, code: "cross_site_request" });
        }
      });

      it("rejects a key in the URL", async () => {
        const { callers, everyScope, theirs } = world();
        const request = requestOf(operation, callers.operator, theirs);
        const url = new URL(request.url);
        url.searchParams.set("key", (everyScope["authorization"] ?? "").slice(7));
        const response = await send(
          operation,
          new Request(url, { method: operation.method, headers: request.headers }),
        );
        expect([response.status, await response.json()]).toMatchObject([400, { code: "key_in_url" }]);
      });

      it("allows callers with access", async () => {
        const { callers, everyScope, theirs } = world();
        if (takesAway.has(id)) return;
        const caller = scope === "person" || "signedIn" in access ? callers.operator : everyScope;
        const { status, code, text } = await call(operation, caller, { ...theirs, person_id: "2", session_id: "900" });
        expect([401, 403], text).not.toContain(status);
        if (id !== "endSession" && id !== "createKey")
          expect([id, code]).not.toEqual([id, expect.stringMatching(/_not_found$/)]);
      });
    },
  );
}

import { describe, expect, it } from "vitest";
import { addressOf, changes, protectedOperations, requestOf } from "./test-support/access-rows";
import { describeAccessMatrix, type Send } from "./test-support/access-matrix";
import { guardedApp } from "./test-support/guarded-app";

/** Every operation with every caller again, on the built app and over HTTP, without a proxy of ours in front. */
const guarded = guardedApp();

const send: Send = (_operation, request) => {
  const { pathname, search } = new URL(request.url);
  return fetch(new Request(`${guarded().app.address}${pathname}${search}`, request), { redirect: "manual" });
};

describeAccessMatrix(() => guarded().world, send);

/** Sends; follows the framework's redirect of `RSC` requests to the page's other address, which its caches need. */
const sendOn: Send = async (operation, request) => {
  const answer = await send(operation, request.clone());
  if (answer.status !== 307) return answer;
  const there = new URL(answer.headers.get("location") ?? "", request.url);
  expect(there.pathname).toBe(new URL(request.url).pathname);
  return send(operation, new Request(there, request));
};

/** Headers that once made the framework skip a check, or respond with a part of a page. */
const headerForms: readonly Readonly<Record<string, string>>[] = [
  { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
  { "x-middleware-subrequest": "src/middleware:src/middleware:src/middleware:src/middleware:src/middleware" },
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1" },
  { rsc: "1", "next-router-segment-prefetch": "/_tree" },
  { "next-action": "0".repeat(42) },
  { "x-nextjs-data": "1" },
  { "x-matched-path": "/api/livez" },
  { "x-invoke-path": "/api/livez" },
  { "x-original-url": "/api/livez" },
  { "x-rewrite-url": "/api/livez" },
  { "x-forwarded-for": "127.0.0.1" },
];

const percent = (sign: string): string => `%${sign.charCodeAt(0).toString(16)}`;

/** Other spellings of an address, each of which a check by path could mistake for another one. */
const pathForms: Readonly<Record<string, (path: string) => string>> = {
  "its flight": (path) => `${path}.rsc`,
  "a segment": (path) => `${path}.segments/_tree.segment.rsc`,
  "its data": (path) => `/_next/data/build${path}.json`,
  "a letter encoded": (path) => path.replace(/[a-z](?=[^/]*$)/, percent),
  "the first letter encoded": (path) => path.replace(/[a-z]/, percent),
  "a letter encoded twice": (path) => path.replace(/[a-z]/, (sign) => percent(sign).replace("%", "%25")),
  "a slash encoded": (path) => path.replace(/(?<=.)\//, "%2f"),
  "two slashes": (path) => `/${path}`,
  "two slashes within": (path) => path.replace(/(?<=.)\//, "//"),
  "dots within": (path) => path.replace(/(?<=.)\//, "/%2e/"),
  "a way round": (path) => `/api/livez/%2e%2e/%2e%2e${path}`,
  capitals: (path) => path.toUpperCase(),
  "a slash at the end": (path) => `${path.replace(/\/$/, "")}/`,
  "a parameter of the path": (path) => `${path};a=1`,
  "a backslash": (path) => path.replace(/(?<=.)\//, "\\"),
};

/** Operations that a manager of any store may call: what they name is refused poll by poll, or nothing is stored. */
const ofNoStore = new Set(["sendPolls", "convertHours"]);

const planted = /Secret Name|"(mine|other)"|@x\.org|uptime_ratio|store_monitoring_/;

describe("an unknown caller", () => {
  it.each(headerForms)("learns and changes nothing by %j", async (form) => {
    const { theirs, refused } = guarded().world;
    const unknown = [{}, refused["a revoked key"] ?? {}, refused["an expired session"] ?? {}];
    for (const operation of protectedOperations) {
      for (const caller of unknown) {
        const answer = await sendOn(operation, requestOf(operation, { ...caller, ...form }, theirs));
        expect([operation.id, answer.status]).toEqual([operation.id, 401]);
        expect(await answer.text()).not.toMatch(planted);
      }
    }
  });

  it.each(Object.entries(pathForms))("learns and changes nothing by %s in the address", async (_form, write) => {
    const { app, world } = guarded();
    for (const operation of protectedOperations) {
      const [path = "", search] = addressOf(operation, world.theirs).split("?");
      const asked = requestOf(operation, {}, world.theirs);
      const address = `${app.address}${write(path)}${search === undefined ? "" : `?${search}`}`;
      const answer = await fetch(new Request(address, asked), { redirect: "manual" });
      const text = await answer.text();
      // 308 redirects to the intended address, where the same is requested again.
      expect([308, 400, 401, 404, 405], `${operation.id} ${address} ${text}`).toContain(answer.status);
      expect(text).not.toMatch(planted);
    }
  });
});

describe("the owner of another store", () => {
  const pages = ["/stores/other", "/reports/1", "/imports/1", "/imports", "/people", "/audit", "/data-quality", "/"];

  it.each([{}, ...headerForms])("sees nothing of it on a page, by %j", async (form) => {
    const { app, world } = guarded();
    for (const path of pages) {
      for (const caller of [world.callers.owner, {}, world.refused["an expired session"] ?? {}]) {
        const query = "rsc" in form ? "?_rsc=1" : "";
        const answer = await fetch(`${app.address}${path}${query}`, {
          headers: { ...caller, ...form },
          redirect: "manual",
        });
        expect(await answer.text(), `${path} ${JSON.stringify(form)}`).not.toMatch(/Secret Name|other@x\.org/);
      }
    }
  });

  it("is refused its changes whatever the headers say", async () => {
    const { ownersKey, theirs } = guarded().world;
    for (const form of headerForms.filter((one) => !("rsc" in one))) {
      for (const operation of protectedOperations.filter(changes)) {
        if (operation.access.scope === "person" || ofNoStore.has(operation.id)) continue;
        const answer = await sendOn(operation, requestOf(operation, { ...ownersKey, ...form }, theirs));
        expect([403, 404], operation.id).toContain(answer.status);
      }
    }
  });
});

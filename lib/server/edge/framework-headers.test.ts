import fc from "fast-check";
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state";
import { describe, expect, it } from "vitest";
import { dropInternalHeaders, withoutInternalQuery, type HeaderRules } from "./framework-headers";
import { isRouterState } from "./router-state";

const page: HeaderRules = { isPage: true, dev: false, trustedProxies: 0 };
const written = (tree: unknown): string => encodeURIComponent(JSON.stringify(tree));
const tree = written(["", { children: ["stores", { children: [["storeId", "8", "d", null], {}] }] }, null, "refetch"]);
const navigation = { rsc: "1", "next-router-state-tree": tree, "next-url": "/stores/8" };

const left = (headers: Record<string, string | string[]>, rules: Partial<HeaderRules> = {}): string[] => {
  const copy = { accept: "*/*", host: "x", ...headers };
  dropInternalHeaders(copy, { ...page, ...rules });
  return Object.keys(copy).filter((name) => !["accept", "host"].includes(name));
};

describe("headers that control the framework", () => {
  it("are kept for navigations and prefetches of our own pages", () => {
    expect(left(navigation)).toEqual(Object.keys(navigation));
    const prefetch = { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" };
    expect(left(prefetch)).toEqual(Object.keys(prefetch));
    const segment = {
      ...prefetch,
      "next-router-segment-prefetch": "/stores/$d$storeId/__PAGE__",
      "x-deployment-id": "a1",
    };
    expect(left(segment)).toEqual(Object.keys(segment));
  });

  it.each<[string, Record<string, string | string[]>]>([
    ["a state that is no JSON", { ...navigation, "next-router-state-tree": "garbage" }],
    ["a state that is no percent-encoding", { ...navigation, "next-router-state-tree": "%E0%A4%A" }],
    ["two states", { ...navigation, "next-router-state-tree": [tree, tree] }],
    ["another RSC", { ...navigation, rsc: "true" }],
    ["no RSC", { "next-router-state-tree": tree, "next-router-prefetch": "1" }],
    ["an unknown prefetch", { ...navigation, "next-router-prefetch": "9" }],
    ["a segment without a prefetch", { ...navigation, "next-router-segment-prefetch": "/_tree" }],
    ["a segment of nowhere", { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "../x" }],
    ["an address of another site", { ...navigation, "next-url": "//evil.example" }],
  ])("make the request one for a whole page when they have %s", (_, headers) => {
    expect(left(headers)).toEqual([]);
  });

  it("are dropped when no page is requested", () => {
    expect(left(navigation, { isPage: false })).toEqual([]);
  });

  it.each([
    ...["next-action", "next-resume", "next-hmr-refresh", "next-test-fetch-priority", "purpose", "x-nextjs-data"],
    ...["x-middleware-subrequest", "x-middleware-prefetch", "x-middleware-set-cookie", "x-middleware-rewrite"],
    ...["x-matched-path", "x-invoke-path", "x-invoke-status", "x-invocation-id", "x-now-route-matches"],
    ...[
      "x-prerender-revalidate",
      "x-prerender-revalidate-if-generated",
      "x-next-cache-tags",
      "x-next-resume-state-length",
    ],
    ...["x-next-revalidated-tags", "x-next-revalidate-tag-token", "x-nextjs-request-id", "x-vercel-cache"],
    ...["x-action-forwarded", "x-action-redirect", "x-action-revalidated", "x-nextjs-rewritten-path"],
    ...["x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-forwarded-for", "forwarded", "x-original-url"],
  ])("never include %s", (name) => {
    expect(left({ [name]: "1" })).toEqual([]);
    expect(left({ ...navigation, [name]: "1" })).toEqual(Object.keys(navigation));
  });

  it("keeps what a trusted proxy says about the client, and not what it says about us", () => {
    const proxied = {
      "x-forwarded-for": "192.0.2.1",
      "x-forwarded-proto": "https",
      "x-forwarded-host": "evil.example",
    };
    expect(left(proxied, { trustedProxies: 1 })).toEqual(["x-forwarded-for", "x-forwarded-proto"]);
  });

  it("keeps those of the development server", () => {
    const refresh = { ...navigation, "next-hmr-refresh": "1", "x-nextjs-request-id": "ab12" };
    expect(left(refresh, { dev: true })).toEqual(Object.keys(refresh));
  });

  it("keeps all others", () => {
    const others = {
      cookie: "a=b",
      "x-request-id": "1",
      "x-client-address": "::1",
      next: "1",
      authorization: "Bearer x",
    };
    expect(left(others)).toEqual(["cookie", "x-request-id", "x-client-address", "authorization"]);
  });
});

describe("the state of the router", () => {
  const nested = (levels: number): unknown => (levels === 0 ? ["", {}] : ["a", { children: nested(levels - 1) }]);

  it.each([
    ["no array", "null"],
    ["an object", written({ 0: "", 1: {} })],
    ["no slots", written([""])],
    ["slots that are an array", written(["", []])],
    ["a number for a segment", written([1, {}])],
    ["a segment of three parts", written([["storeId", "8", "d"], {}])],
    ["an unknown type of segment", written([["storeId", "8", "x", null], {}])],
    ["siblings that are no text", written([["storeId", "8", "d", [1]], {}])],
    ["an unknown marker", written(["", {}, null, "drop"])],
    ["more than there is", written(["", {}, null, null, 1, "", 1])],
    ["a slot of another name", encodeURIComponent('["",{"__proto__":["",{}]}]')],
    ["too many levels", written(nested(40))],
    ["too much", written(["a".repeat(13_000), {}])],
  ])("is rejected with %s", (_, header) => {
    expect(isRouterState(header)).toBe(false);
  });

  it("is accepted only where the framework accepts it", () => {
    const text = fc.string({ maxLength: 8 });
    const segment = fc.oneof(
      text,
      fc.tuple(text, text, fc.constantFrom("d", "c", "oc", "di(.)", "x"), fc.constant(null)),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.tuple(segment, fc.constant({})),
        fc.tuple(
          segment,
          fc.dictionary(fc.constantFrom("children", "modal", "__proto__"), tie("tree"), { maxKeys: 2 }),
        ),
        fc.tuple(segment, fc.constant({}), fc.jsonValue(), fc.constantFrom(null, "refetch", "x"), fc.jsonValue()),
        fc.jsonValue(),
      ),
    }));
    fc.assert(
      fc.property(fc.oneof(tree.map(written), text), (header) => {
        if (isRouterState(header)) parseAndValidateFlightRouterState(header);
      }),
      { numRuns: 2_000 },
    );
  });
});

it.each([
  ["/stores/8?window=week", "/stores/8?window=week"],
  ["/stores/8?nxtPstoreId=9&window=week", "/stores/8?window=week"],
  ["/stores/8?%6extPstoreId=9", "/stores/8"],
  ["/stores/8?nxtIstoreId=9&__nextLocale=de", "/stores/8"],
  ["/stores/8?q=nxtP&%zz=1", "/stores/8?q=nxtP&%zz=1"],
])("keeps of %j what does not control the framework: %j", (address, expected) => {
  expect(withoutInternalQuery(address)).toBe(expected);
});

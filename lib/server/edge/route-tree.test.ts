import { expect, it } from "vitest";
import { RouteTree } from "./route-tree";

const routes = [
  ...["/", "/api/[[...rest]]", "/api/livez", "/api/v1/stores", "/api/v1/stores.csv", "/api/v1/stores/[storeId]"],
  ...["/api/v1/stores/[storeId]/exceptions/[date]", "/store/get_report", "/store/[storeId]/trigger_report"],
];
const tree = new RouteTree(routes.map((route) => [route, route] as const));

it.each([
  ["/", "/", {}],
  ["/api", "/api/[[...rest]]", {}],
  ["/api/", "/api/[[...rest]]", {}],
  ["/api/v1/nothing", "/api/[[...rest]]", {}],
  ["/api/livez/", "/api/livez", {}],
  ["/api/livez/x", "/api/[[...rest]]", {}],
  ["/api/%6Civez", "/api/[[...rest]]", {}],
  ["/api/v1/stores.csv", "/api/v1/stores.csv", {}],
  ["/api/v1/stores/a%2Fb", "/api/v1/stores/[storeId]", { storeId: "a%2Fb" }],
  ["/api/v1%2Fstores/74", "/api/[[...rest]]", {}],
  ["/api/v1/stores/74/exceptions/x/", "/api/v1/stores/[storeId]/exceptions/[date]", { storeId: "74", date: "x" }],
  ["/api/v1/stores/74/exceptions", "/api/[[...rest]]", {}],
  ["/store/get_report", "/store/get_report", {}],
  ["/store/get_report/trigger_report", "/store/[storeId]/trigger_report", { storeId: "get_report" }],
  ["/api/%ff", "/api/[[...rest]]", {}],
])("%s leads to %s", (path, value, variables) => {
  expect(tree.find(path)).toEqual({ value, variables });
});

it.each(["/nothing", "/store", "/store/74", "/%61pi/livez", "/api%2Flivez"])("%s leads nowhere", (path) => {
  expect(tree.find(path)).toBeNull();
});

it("rejects kinds of routes that it does not know", () => {
  for (const route of ["/a/[...rest]", "/(group)/a", "/@slot/a"]) {
    expect(() => new RouteTree([[route, 1]])).toThrow(route);
  }
});

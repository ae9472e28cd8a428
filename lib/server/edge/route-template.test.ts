import { expect, it } from "vitest";
import { makeRouteTemplates } from "./route-template";

const templateOf = makeRouteTemplates([
  "/",
  "/api/[...rest]",
  "/api/v1/stores/[storeId]",
  "/api/v1/stores/[storeId]/exceptions/[date]",
  "/store/[storeId]/trigger_report",
  "/store/get_report",
]);

it.each([
  ["/", "/"],
  ["/api/v1/stores/8419537941919820732", "/api/v1/stores/{storeId}"],
  ["/api/v1/stores/a%2Fb/exceptions/2023-01-25", "/api/v1/stores/{storeId}/exceptions/{date}"],
  ["/store/get_report/", "/store/get_report"],
  ["/store/74/trigger_report/", "/store/{storeId}/trigger_report"],
  // It begins like another route.
  ["/store/get_report/trigger_report", "/store/{storeId}/trigger_report"],
  ["/_next/static/chunks/a.js", "/_next"],
  ["/api/v1/nothing", "other"],
  ["/api/v1/stores", "other"],
])("%s is %s", (path, template) => {
  expect(templateOf(path)).toBe(template);
});

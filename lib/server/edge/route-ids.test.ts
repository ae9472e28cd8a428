import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { expect, it } from "vitest";
import { topics } from "@/app/docs/topics";
import { makeRouteTemplates } from "./route-template";

/** Every route that the folder `app` serves, as `/stores/[storeId]`. */
function servedRoutes(): readonly string[] {
  const app = join(import.meta.dirname, "../../../app");
  return readdirSync(app, { recursive: true, encoding: "utf8" })
    .map((file) => `/${file.split(sep).join("/")}`)
    .filter((file) => /\/(page\.tsx|route\.ts)$/.test(file))
    .map((file) => file.replace(/\/(page\.tsx|route\.ts)$/, "") || "/");
}

const isVariable = (part: string | undefined): boolean => part?.startsWith("[") ?? false;

/** The addresses of a route whose variable is one of our own words and not an id. */
function addressesOf(route: string): readonly string[] {
  return route === "/docs/[topic]" ? topics.map(({ slug }) => `/docs/${slug}`) : [route];
}

/** Whether an address of the first route, with an id in place of a variable, also matches the second. */
function takesAddressesOf(first: string, second: string): boolean {
  const [ones, others] = [first.split("/"), second.split("/")];
  const overlap =
    ones.length === others.length &&
    ones.every((part, at) => part === others[at] || isVariable(part) || isVariable(others[at]));
  return overlap && first !== second;
}

it("No id makes the address of one route that of another", () => {
  const routes = servedRoutes()
    .filter((route) => !route.includes("[["))
    .flatMap(addressesOf);
  expect(routes).toContain("/stores/[storeId]");
  const shared = routes.flatMap((first) => routes.filter((second) => takesAddressesOf(first, second)));
  expect(shared).toEqual([]);
  expect(new Set(routes).size).toBe(routes.length);
});

it.each(["fleet", "labels", "get_report", "new", "constructor", "__proto__"])(
  "Counts a store called %s as a store",
  (id) => {
    const templateOf = makeRouteTemplates(servedRoutes());
    expect(templateOf(`/stores/${id}`)).toBe("/stores/{storeId}");
    expect(templateOf(`/api/v1/stores/${id}/uptime`)).toBe("/api/v1/stores/{storeId}/uptime");
    expect(templateOf(`/store/${id}/trigger_report`)).toBe("/store/{storeId}/trigger_report");
  },
);

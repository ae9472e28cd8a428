import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RouteTree } from "./route-tree";

/** Finds the template of a path, like `/stores/{storeId}`; `other` when no route serves it. */
export type RouteTemplates = (path: string) => string;

/**
 * Maps addresses to route templates, so that metrics and logs aggregate by route and never contain an id.
 * @param routes as the framework writes them: `/stores/[storeId]`; catch-all routes (`[...rest]`) become `other`
 */
export function makeRouteTemplates(routes: readonly string[]): RouteTemplates {
  const templates = new RouteTree(
    routes
      .filter((route) => !route.includes("[..."))
      .map((route) => [route, route.replaceAll("[", "{").replaceAll("]", "}")] as const),
  );
  return (path) => (path.startsWith("/_next/") ? "/_next" : (templates.find(path)?.value ?? "other"));
}

/** The routes listed in the build in `root`; none without a build, as in development. */
export function builtRoutes(root: string): readonly string[] {
  const file = join(root, ".next", "app-path-routes-manifest.json");
  if (!existsSync(file)) return [];
  const routes: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (typeof routes !== "object" || routes === null) return [];
  return Object.values(routes).filter((route) => typeof route === "string");
}

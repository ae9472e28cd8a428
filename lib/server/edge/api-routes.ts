import { readdirSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { RouteExports } from "@/lib/server/http/handle";
import { httpMethods } from "@/lib/server/http/methods";
import { RouteTree } from "./route-tree";

/** The handlers of a route, which get the decoded variables of its path. */
export type ApiRoute = RouteExports<Readonly<Record<string, string>>>;

export type ApiRoutes = RouteTree<ApiRoute>;

/**
 * The files that have handlers, as the framework finds them: every `route.ts` in the folder `app`, or `route.mjs` in the
 * folder of their bundles. Each begins with a slash.
 */
export function apiRouteFiles(app: string): readonly string[] {
  return readdirSync(app, { recursive: true, encoding: "utf8" })
    .map((file) => `/${file.split(sep).join("/")}`)
    .filter((file) => /\/route\.(?:ts|mjs)$/.test(file))
    .sort();
}

/** The routes that have handlers. @param app the folder `app` */
export function apiRouteNames(app: string): readonly string[] {
  return apiRouteFiles(app)
    .map((file) => posix.dirname(file))
    .sort();
}

/**
 * Loads the handlers of every route. The files are the only list, so none can be served by the framework and not here.
 * @param app the folder `app`, or that of its bundles
 * @throws {Error} for a route without a handler for every method
 */
export async function loadApiRoutes(app: string): Promise<ApiRoutes> {
  const loaded = apiRouteFiles(app).map(async (file): Promise<readonly [string, ApiRoute]> => {
    const exports: unknown = await import(pathToFileURL(join(app, file)).href);
    if (!isApiRoute(exports)) throw new Error(`app${file} does not export what \`handle\` returns.`);
    return [posix.dirname(file), exports];
  });
  return new RouteTree(await Promise.all(loaded));
}

function isApiRoute(exports: unknown): exports is ApiRoute {
  if (typeof exports !== "object" || exports === null) return false;
  return httpMethods.every((method) => typeof Reflect.get(exports, method) === "function");
}

import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { RouteExports } from "@/lib/server/http/handle";
import { httpMethods } from "@/lib/server/http/methods";
import { RouteTree } from "./route-tree";

/** The handlers of a route, which get the decoded variables of its path. */
export type ApiRoute = RouteExports<Readonly<Record<string, string>>>;

export type ApiRoutes = RouteTree<ApiRoute>;

const fileName = "route.ts";

/** The routes that have handlers, as the framework finds them: every `route.ts` in the folder `app`. */
export function apiRouteNames(app: string): readonly string[] {
  return readdirSync(app, { recursive: true, encoding: "utf8" })
    .map((file) => `/${file.split(sep).join("/")}`)
    .filter((file) => file.endsWith(`/${fileName}`))
    .map((file) => file.slice(0, -fileName.length - 1))
    .sort();
}

/**
 * Loads the handlers of every route. The files are the only list, so none can be served by the framework and not here.
 * @param app the folder `app`
 * @throws {Error} for a route without a handler for every method
 */
export async function loadApiRoutes(app: string): Promise<ApiRoutes> {
  const loaded = apiRouteNames(app).map(async (route): Promise<readonly [string, ApiRoute]> => {
    const exports: unknown = await import(pathToFileURL(join(app, ...route.split("/"), fileName)).href);
    if (!isApiRoute(exports)) throw new Error(`app${route}/${fileName} does not export what \`handle\` returns.`);
    return [route, exports];
  });
  return new RouteTree(await Promise.all(loaded));
}

function isApiRoute(exports: unknown): exports is ApiRoute {
  if (typeof exports !== "object" || exports === null) return false;
  return httpMethods.every((method) => typeof Reflect.get(exports, method) === "function");
}

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Finds the template of a path, like `/stores/{storeId}`; `other` when no route serves it. */
export type RouteTemplates = (path: string) => string;

interface Node {
  readonly literal: Map<string, Node>;
  variable: { readonly name: string; readonly node: Node } | null;
  template: string | null;
}

const emptyNode = (): Node => ({ literal: new Map(), variable: null, template: null });

/**
 * Maps addresses to route templates, so that metrics and logs aggregate by route and never contain an id.
 * @param routes as the framework writes them: `/stores/[storeId]`; catch-all routes (`[...rest]`) become `other`
 */
export function makeRouteTemplates(routes: readonly string[]): RouteTemplates {
  const root = emptyNode();
  for (const route of routes) {
    if (route.includes("[...")) continue;
    let node = root;
    for (const part of partsOf(route)) {
      const name = /^\[(.+)\]$/.exec(part)?.[1];
      if (name === undefined) {
        const next = node.literal.get(part) ?? emptyNode();
        node.literal.set(part, next);
        node = next;
      } else {
        node.variable ??= { name, node: emptyNode() };
        node = node.variable.node;
      }
    }
    node.template = route.replaceAll("[", "{").replaceAll("]", "}");
  }
  return (path) => {
    if (path.startsWith("/_next/")) return "/_next";
    return find(root, partsOf(path), 0) ?? "other";
  };
}

const partsOf = (path: string): string[] => path.split("/").filter((part) => part !== "");

function find(node: Node, parts: readonly string[], at: number): string | null {
  const part = parts[at];
  if (part === undefined) return node.template;
  const literal = node.literal.get(part);
  const found = literal === undefined ? null : find(literal, parts, at + 1);
  return found ?? (node.variable === null ? null : find(node.variable.node, parts, at + 1));
}

/** The routes listed in the build in `root`; none without a build, as in development. */
export function builtRoutes(root: string): readonly string[] {
  const file = join(root, ".next", "app-path-routes-manifest.json");
  if (!existsSync(file)) return [];
  const routes: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (typeof routes !== "object" || routes === null) return [];
  return Object.values(routes).filter((route) => typeof route === "string");
}

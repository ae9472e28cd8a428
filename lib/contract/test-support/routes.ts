import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Operation } from "@/lib/contract/operation";

type Answer = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

const app = join(import.meta.dirname, "..", "..", "..", "app");

/** The common form of an operation's path and its route's folder. */
function shapeOf(path: string): string {
  return path.replace(/\/$/, "").replace(/\{[^}]+\}(\.(csv|ndjson)$)?|\[[^\]]+\]/g, "{}");
}

const folders = new Map(
  readdirSync(app, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts") && !file.includes("[..."))
    .map((file) => [shapeOf(`/${dirname(file)}`), dirname(file)]),
);

function isAnswer(value: unknown): value is Answer {
  return typeof value === "function";
}

/** Sends a request to the handler of an operation, with the path's parameters as the framework passes them. */
export async function callOperation({ path }: Operation, request: Request): Promise<Response> {
  const folder = folders.get(shapeOf(path));
  if (folder === undefined) throw new Error(`No route serves ${path}.`);
  const module: unknown = await import(join(app, folder, "route.ts"));
  const answer: unknown =
    typeof module === "object" && module !== null ? Reflect.get(module, request.method) : undefined;
  if (!isAnswer(answer)) throw new Error(`${folder} does not serve ${request.method}.`);
  const segments = new URL(request.url).pathname.split("/").filter(Boolean);
  const params = folder.split("/").flatMap((part, index) => {
    const name = /^\[(.+)\]$/.exec(part)?.[1];
    return name === undefined ? [] : [[name, decodeURIComponent(segments[index] ?? "")] as const];
  });
  return answer(request, { params: Promise.resolve(Object.fromEntries(params)) });
}

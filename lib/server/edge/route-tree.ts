/** What a path leads to. */
export interface FoundRoute<T> {
  readonly value: T;
  /** The parts of the path in place of the route's variables, by name, as sent. */
  readonly variables: Readonly<Record<string, string>>;
}

interface Node<T> {
  readonly literal: Map<string, Node<T>>;
  variable: { readonly name: string; readonly node: Node<T> } | null;
  value: T | null;
  /** Of a catch-all route (`[[...rest]]`), whatever follows. */
  rest: T | null;
}

const emptyNode = <T>(): Node<T> => ({ literal: new Map(), variable: null, value: null, rest: null });

const partsOf = (path: string): string[] => path.split("/").filter((part) => part !== "");

/** The name in a part of a route that stands for any part of a path. */
const variableName = (part: string): string | undefined => /^\[([^.[\]]+)\]$/.exec(part)?.[1];

/**
 * Finds the route of a path by the framework's rules: compares the path as sent, without decoding it, literal parts
 * first. A trailing slash changes nothing.
 */
export class RouteTree<T> {
  readonly #root: Node<T> = emptyNode();
  readonly #fixed = new Map<string, T>();

  /**
   * @param routes as the framework writes them: `/stores/[storeId]`, `/api/[[...rest]]`
   * @throws {Error} for its other kinds of routes
   */
  constructor(routes: Iterable<readonly [route: string, value: T]>) {
    for (const [route, value] of routes) {
      if (/[()@]|\/\[\.\.\./.test(route)) throw new Error(`Routes like ${route} are not supported.`);
      if (!route.includes("[")) this.#fixed.set(route, value);
      const parts = partsOf(route);
      const isCatchAll = parts.at(-1)?.startsWith("[[...") ?? false;
      let node = this.#root;
      for (const part of isCatchAll ? parts.slice(0, -1) : parts) node = childOf(node, part);
      if (isCatchAll) node.rest = value;
      else node.value = value;
    }
  }

  /** @param path without its query; null where no route serves it */
  find(path: string): FoundRoute<T> | null {
    const fixed = this.#fixed.get(path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path);
    if (fixed !== undefined) return { value: fixed, variables: {} };
    return findIn(this.#root, partsOf(path), 0);
  }
}

function childOf<T>(node: Node<T>, part: string): Node<T> {
  const name = variableName(part);
  if (name !== undefined) {
    node.variable ??= { name, node: emptyNode() };
    return node.variable.node;
  }
  const child = node.literal.get(part) ?? emptyNode<T>();
  node.literal.set(part, child);
  return child;
}

function findIn<T>(node: Node<T>, parts: readonly string[], at: number): FoundRoute<T> | null {
  const rest = node.rest === null ? null : { value: node.rest, variables: {} };
  const part = parts[at];
  if (part === undefined) return node.value === null ? rest : { value: node.value, variables: {} };
  const literal = node.literal.get(part);
  const found = literal === undefined ? null : findIn(literal, parts, at + 1);
  if (found !== null) return found;
  if (node.variable === null) return rest;
  const { name, node: next } = node.variable;
  const further = findIn(next, parts, at + 1);
  return further === null ? rest : { value: further.value, variables: { [name]: part, ...further.variables } };
}

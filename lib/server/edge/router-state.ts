/** Length of the header as sent, in characters. The framework's own limit is 40,000. */
const longest = 12_000;
/** Nesting of segments. Our deepest page has four. */
const maxDepth = 32;
const paramTypes = /^(?:oc|c|d|(?:ci|di)(?:\((?:\.{1,3})\)|\(\.\.\)\(\.\.\)))$/;
const markers = new Set(["refetch", "inside-shared-layout", "metadata-only"]);

/**
 * Whether a `Next-Router-State-Tree` header has the form that the framework's client sends: the segments of the current
 * page. The framework responds to anything else with 500.
 */
export function isRouterState(header: string): boolean {
  if (header.length > longest) return false;
  try {
    const tree: unknown = JSON.parse(decodeURIComponent(header));
    return isTree(tree, maxDepth);
  } catch {
    return false;
  }
}

/** `[segment, {slot: tree}, refresh?, marker?, hints?, query?]` */
function isTree(value: unknown, depth: number): boolean {
  if (depth === 0 || !Array.isArray(value) || value.length < 2 || value.length > 6) return false;
  const [segment, slots, refresh, marker, hints, query] = value as unknown[];
  return (
    isSegment(segment) &&
    isSlots(slots, depth) &&
    (refresh == null || (isTexts(refresh) && refresh.length === 2)) &&
    (marker == null || (typeof marker === "string" && markers.has(marker))) &&
    (hints == null || (typeof hints === "number" && Number.isFinite(hints))) &&
    (query === undefined || typeof query === "string")
  );
}

function isSlots(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([slot, tree]) => /^[A-Za-z]\w*$/.test(slot) && isTree(tree, depth - 1));
}

/** A literal part of a path, or `[name, value, type, siblings]`. */
function isSegment(value: unknown): boolean {
  if (typeof value === "string") return true;
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [name, key, type, siblings] = value as unknown[];
  return (
    typeof name === "string" &&
    typeof key === "string" &&
    typeof type === "string" &&
    paramTypes.test(type) &&
    (siblings === null || isTexts(siblings))
  );
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

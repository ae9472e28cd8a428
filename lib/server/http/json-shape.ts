const quote = 34;
const backslash = 92;

/** A fault in the shape of a JSON text, found before it is parsed. */
export type JsonFault =
  | { readonly fault: "too_deep" }
  | { readonly fault: "too_complex" }
  | { readonly fault: "duplicate_key"; readonly key: string };

/** Values, member names and lines that a body may have: more than twice what the largest batch needs. */
export const maxValues = 50_000;

/**
 * Member names of one object. Ours have a dozen, and parsing one object of thousands takes far longer than many small
 * ones.
 */
const maxNames = 1_000;

/** Up to this many names are compared one by one; for more a set is used. */
const fewNames = 8;

/** The names seen in an open object. Most objects have few, and a batch has hundreds of objects. */
class SeenNames {
  readonly #few: string[] = [];
  #many: Set<string> | null = null;

  get size(): number {
    return this.#many?.size ?? this.#few.length;
  }

  /** Adds a name; false when it was there before. */
  add(name: string): boolean {
    if (this.#many === null && this.#few.length === fewNames) this.#many = new Set(this.#few);
    if (this.#many === null ? this.#few.includes(name) : this.#many.has(name)) return false;
    if (this.#many === null) this.#few.push(name);
    else this.#many.add(name);
    return true;
  }
}

/** The names of an object; null for an array. */
type Open = SeenNames | null;

/**
 * Finds what parsing would hide: a name that occurs twice in one object, of which the last would silently win, and
 * nesting or sizes that would block all other requests while they are parsed. For a text that is not JSON the result is
 * arbitrary.
 * @param maxDepth levels of objects and arrays
 */
export function findJsonFault(text: string, maxDepth: number): JsonFault | null {
  const open: Open[] = [];
  const hasEscapes = text.includes("\\");
  let mayBeName = false;
  let values = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === quote) {
      const start = i + 1;
      let escaped = false;
      if (hasEscapes) {
        for (i = start; i < text.length && text.charCodeAt(i) !== quote; i++) {
          if (text.charCodeAt(i) === backslash) {
            escaped = true;
            i += 1;
          }
        }
      } else {
        const end = text.indexOf('"', start);
        i = end < 0 ? text.length : end;
      }
      const names = open.at(-1);
      if (!mayBeName || names == null) continue;
      mayBeName = false;
      const name = escaped ? unescaped(text.slice(start - 1, i + 1)) : text.slice(start, i);
      if (!names.add(name)) return { fault: "duplicate_key", key: name };
      if (names.size > maxNames) return { fault: "too_complex" };
    } else if (char === 123 || char === 91) {
      if (open.length === maxDepth) return { fault: "too_deep" };
      if (++values > maxValues) return { fault: "too_complex" };
      mayBeName = char === 123;
      open.push(mayBeName ? new SeenNames() : null);
    } else if (char === 125 || char === 93) {
      open.pop();
      mayBeName = false;
    } else if (char === 44) {
      mayBeName = open.at(-1) != null;
      if (++values > maxValues) return { fault: "too_complex" };
    }
  }
  return null;
}

/** The value of a JSON string; a malformed one as it is written. */
function unescaped(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}

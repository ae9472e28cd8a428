const quote = 34;
const backslash = 92;

/** What is wrong with the shape of a JSON text before it is parsed. */
export type JsonFault = { readonly fault: "too_deep" } | { readonly fault: "duplicate_key"; readonly key: string };

/** The names seen in an object that is open; null for an array. */
type Open = Set<string> | null;

/**
 * Looks for what parsing would hide: a name that stands twice in one object, of which the last would win in silence,
 * and nesting so deep that parsing it would hold up everybody. Of a text that is no JSON it may say anything.
 * @param maxDepth levels of objects and arrays
 */
export function findJsonFault(text: string, maxDepth: number): JsonFault | null {
  const open: Open[] = [];
  let mayBeName = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === quote) {
      const start = i + 1;
      let escaped = false;
      for (i = start; i < text.length && text.charCodeAt(i) !== quote; i++) {
        if (text.charCodeAt(i) === backslash) {
          escaped = true;
          i += 1;
        }
      }
      const names = open.at(-1);
      if (!mayBeName || names == null) continue;
      mayBeName = false;
      const name = escaped ? unescaped(text.slice(start - 1, i + 1)) : text.slice(start, i);
      if (names.has(name)) return { fault: "duplicate_key", key: name };
      names.add(name);
    } else if (char === 123 || char === 91) {
      if (open.length === maxDepth) return { fault: "too_deep" };
      mayBeName = char === 123;
      open.push(mayBeName ? new Set() : null);
    } else if (char === 125 || char === 93) {
      open.pop();
      mayBeName = false;
    } else if (char === 44) {
      mayBeName = open.at(-1) != null;
    }
  }
  return null;
}

/** A string of JSON as what it says; one that is none as it is written. */
function unescaped(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}

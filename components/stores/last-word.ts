/** Between ids in free text. */
const separators = /[\s,;]/;

/** Where the last word of a text starts; the text's length where it ends with a separator. */
function startOfLastWord(text: string): number {
  let start = text.length;
  while (start > 0 && !separators.test(text[start - 1] ?? "")) start--;
  return start;
}

/** What is being typed at the end of a list of ids. */
export function lastWord(text: string): string {
  return text.slice(startOfLastWord(text));
}

/** The text with an id in place of its last word, ready for the next one. */
export function replaceLastWord(text: string, id: string): string {
  return `${text.slice(0, startOfLastWord(text))}${id} `;
}

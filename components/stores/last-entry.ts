/** Between the entries of a list that is typed. Spaces are not: names have them. */
const separators = /[,;\n]/;

/** Where the last entry of a text starts, after the spaces before it. */
function startOfLastEntry(text: string): number {
  let start = text.length;
  while (start > 0 && !separators.test(text[start - 1] ?? "")) start--;
  while (text[start] === " ") start++;
  return start;
}

/** What is being typed at the end of a list of names and ids. */
export function lastEntry(text: string): string {
  return text.slice(startOfLastEntry(text)).trimEnd();
}

/** The text with an id in place of its last entry, ready for the next one. */
export function replaceLastEntry(text: string, id: string): string {
  return `${text.slice(0, startOfLastEntry(text))}${id}, `;
}

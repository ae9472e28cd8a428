/** What is wrong with an id for a store; null where nothing is. */
export function idFault(storeId: string): string | null {
  if (storeId === "") return "Enter an ID.";
  return /^[A-Za-z0-9_-]{1,64}$/.test(storeId) ? null : "Use 1 to 64 letters, digits, hyphens or underscores.";
}

/**
 * Who asks, for what is kept apart by asker. Without access control everybody is one: whoever may read one report may
 * read all.
 */
export function principalOf(_request: Request): string {
  return "anonymous";
}

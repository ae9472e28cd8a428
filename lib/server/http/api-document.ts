import { openApiDocument } from "@/lib/contract/openapi";
import { operations } from "@/lib/contract/operations";
import { problems } from "@/lib/server/errors";

let made: Record<string, unknown> | undefined;

/** The API's own description, which changes only with the program. */
export function apiDocument(): Record<string, unknown> {
  return (made ??= openApiDocument(operations, problems));
}

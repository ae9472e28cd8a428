import { AppError, type ProblemCode } from "@/lib/server/errors";
import { showValue } from "@/lib/server/text/show-value";

/**
 * A number that stands in a path.
 * @param code of the error where it is none
 * @returns null for one that is well formed but greater than any id can be
 */
export function parsePathId(text: string, code: ProblemCode): number | null {
  if (!/^[1-9][0-9]{0,17}$/.test(text)) {
    throw new AppError(code, `${showValue(text)} is not an id: a positive whole number.`);
  }
  const id = Number(text);
  return Number.isSafeInteger(id) ? id : null;
}

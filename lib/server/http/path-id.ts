import { AppError, type ProblemCode } from "@/lib/server/errors";
import { showValue } from "@/lib/server/text/show-value";

/**
 * A number in a path.
 * @param code of the error for anything else
 * @returns null for a valid number that is greater than any id
 */
export function parsePathId(text: string, code: ProblemCode): number | null {
  if (!/^[1-9][0-9]{0,17}$/.test(text)) {
    throw new AppError(code, `${showValue(text)} is not an id: a positive whole number.`);
  }
  const id = Number(text);
  return Number.isSafeInteger(id) ? id : null;
}

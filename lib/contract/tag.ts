import { z } from "zod";
import { tagLimits } from "./enums";

/** A tag of a store, as it is stored: in lower case, without characters that separate tags in files. */
export const TagSchema = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(tagLimits.length, `At most ${tagLimits.length} characters.`)
  .regex(/^[^\p{C}\p{Zl}\p{Zp},;"]+$/u, "A tag has no commas, semicolons, quotes or control characters.");

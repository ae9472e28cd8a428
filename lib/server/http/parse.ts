import { z } from "zod";
import { StoreIdSchema } from "@/lib/contract/uptime";
import { AppError, isProblemCode, type InputFault, type ProblemCode } from "@/lib/server/errors";
import { showValue } from "@/lib/server/text/show-value";
import type { ApiRequest } from "./api-request";

type Place = "field" | "parameter";

/** The value at `path` in the input; undefined if there is none. */
function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

/** Faults that a response lists at most. */
const maxFaults = 20;

/**
 * The code of a fault: that of the innermost named element which has one, so that `/stores/0/store_id` is an invalid
 * store id.
 */
function codeAt(path: readonly PropertyKey[]): ProblemCode {
  for (const key of path.toReversed()) {
    const code = `invalid_${String(key === "store_ids" ? "store_id" : key)}`;
    if (typeof key === "string" && isProblemCode(code)) return code;
  }
  return "bad_request";
}

function faultsOf(issue: z.core.$ZodIssue, input: unknown, place: Place): InputFault[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.slice(0, maxFaults).map((key) => ({
      pointer: `/${showValue(key)}`,
      code: place === "parameter" ? "unknown_parameter" : "unknown_field",
      reason: `Unknown ${place} ${showValue(key)}.`,
    }));
  }
  const value = valueAt(input, issue.path);
  const [name] = issue.path;
  const pointer = issue.path.map((key) => `/${showValue(String(key))}`).join("");
  const shown = value === undefined ? {} : { value: showValue(value) };
  const isStoreId = name === "store_id" || name === "store_ids" || issue.path.at(-1) === "store_id";
  if (isStoreId && typeof value === "number") {
    const reason = "Store ids are strings: sent as a number, this one has already lost digits.";
    return [{ pointer, code: "store_id_must_be_string", reason, ...shown }];
  }
  const isObject = typeof input === "object" && input !== null && !Array.isArray(input);
  const code = name === undefined && !isObject ? "invalid_type" : codeAt(issue.path);
  return [{ pointer, code, reason: issue.message, ...shown }];
}

const units: Readonly<Record<string, readonly [one: string, several: string]>> = {
  string: ["character", "characters"],
  array: ["entry", "entries"],
};

/** The reason of a fault for which a schema has none. Undefined: the library's. */
function reasonOf(issue: z.core.$ZodRawIssue, place: Place): string | undefined {
  const bound = (origin: string, which: "most" | "least", limit: number | bigint): string => {
    const unit = units[origin];
    const count = limit.toLocaleString("en-US");
    if (unit === undefined) return `Must be at ${which} ${count}.`;
    return `Must have at ${which} ${count} ${unit[Number(limit) === 1 ? 0 : 1]}.`;
  };
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? `This ${place} is required.` : undefined;
    case "invalid_format":
      return issue.format === "date" ? "Must be a date that exists, like 2023-12-25." : undefined;
    case "too_big":
      return bound(issue.origin, "most", issue.maximum);
    case "too_small":
      return bound(issue.origin, "least", issue.minimum);
    default:
      return undefined;
  }
}

/**
 * Parses a caller's input by its schema.
 * @param place names its parts in errors
 * @throws AppError with every fault; its code is the first fault's
 */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown, place: Place = "field"): z.output<T> {
  const result = schema.safeParse(input, { error: (issue) => reasonOf(issue, place) });
  if (result.success) return result.data;
  const faults = result.error.issues
    .slice(0, maxFaults)
    .flatMap((issue) => faultsOf(issue, input, place))
    .slice(0, maxFaults);
  const code = faults[0]?.code ?? "bad_request";
  const detail = faults.map(({ pointer, reason }) => (pointer ? `${pointer.slice(1)}: ${reason}` : reason)).join(" ");
  throw new AppError(isProblemCode(code) ? code : "bad_request", detail, { faults });
}

/** Whether every `%` of a query starts an escape, and the escapes are UTF-8. */
function isWellEncoded(query: string): boolean {
  try {
    decodeURIComponent(query);
    return true;
  } catch {
    return false;
  }
}

/**
 * Parses the query of an address by a strict object schema. An unknown or repeated parameter is an error, because
 * ignoring a typo would widen the result.
 */
export function parseQuery<T extends z.ZodType>(schema: T, request: ApiRequest): z.output<T> {
  const at = request.url.indexOf("?");
  const search = at < 0 ? "" : request.url.slice(at);
  if (!isWellEncoded(search)) {
    throw new AppError("bad_encoding", "The query is not valid percent-encoded UTF-8. Write a percent sign as %25.");
  }
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(search)) {
    const pointer = `/${showValue(name)}`;
    if (values.has(name)) {
      const reason = `${showValue(name)} was given twice.`;
      throw new AppError("duplicate_parameter", reason, { faults: [{ pointer, code: "duplicate_parameter", reason }] });
    }
    if (value.includes("\0")) {
      const reason = `${showValue(name)} contains a NUL character.`;
      throw new AppError("bad_request", reason, { faults: [{ pointer, code: "bad_request", reason }] });
    }
    values.set(name, value);
  }
  return parseInput(schema, Object.fromEntries(values), "parameter");
}

/** The store id of a path. */
export function parseStoreId(params: { readonly storeId: string }): string {
  const result = StoreIdSchema.safeParse(params.storeId);
  if (result.success) return result.data;
  throw new AppError(
    "invalid_store_id",
    `${showValue(params.storeId)} is not a store id: 1 to 64 letters, digits, hyphens and underscores.`,
  );
}

/** One named part of a path, by its schema. @throws AppError `invalid_…`, by the part's name */
export function parsePathPart<T extends z.ZodType>(schema: T, name: string, value: string): z.output<T> {
  return parseInput(z.object({ [name]: schema }), { [name]: value }, "parameter")[name] as z.output<T>;
}

/**
 * A report id as a JSON number or string of digits.
 * @returns null for a valid number that is greater than any id
 */
export function parseReportId(value: unknown): number | null {
  const text = typeof value === "number" || typeof value === "string" ? String(value) : "";
  if (!/^[1-9][0-9]{0,17}$/.test(text)) {
    throw new AppError("invalid_report_id", `${showValue(value)} is not a report id: a positive whole number.`);
  }
  const id = Number(text);
  return Number.isSafeInteger(id) ? id : null;
}

const ReportIdBodySchema = z.strictObject({ report_id: z.unknown().optional() });

/** The report id in a body `{"report_id": 74}`. @returns as `parseReportId` */
export function parseReportIdBody(body: unknown): number | null {
  const { report_id: id } = parseInput(ReportIdBodySchema, body);
  if (id === undefined) throw new AppError("missing_report_id", 'Send the report id, like {"report_id": 74}.');
  return parseReportId(id);
}

const NoQuerySchema = z.strictObject({});

/** For addresses that take no parameters: any parameter is an error. */
export function parseNoQuery(request: ApiRequest): void {
  parseQuery(NoQuerySchema, request);
}

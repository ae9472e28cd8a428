import { z } from "zod";
import { importKindNames, importStates } from "./enums";
import { InstantSchema, StoreIdSchema } from "./uptime";
import { pageQuery } from "./page";
import { ValidFromSchema } from "./store-edit";

/** The parts of `/api/v1/imports/{kind}`. */
export const ImportKindSchema = z.enum(importKindNames);
export type ImportKindName = z.infer<typeof ImportKindSchema>;

export const ImportStateSchema = z.enum(importStates);
export type ImportState = z.infer<typeof ImportStateSchema>;

/** Query of `POST /api/v1/imports/{kind}`. */
export const CreateImportQuerySchema = z.strictObject({
  dry_run: z.enum(["0", "1"]).default("0").describe("1: validate only; nothing is imported."),
  on_error: z
    .enum(["keep", "abort"])
    .default("keep")
    .describe("What to do if a row is invalid: `keep` the valid rows or `abort` the import."),
  valid_from: ValidFromSchema.optional(),
});
export type CreateImportQuery = z.infer<typeof CreateImportQuerySchema>;

const Count = z.int().min(0);

/** Rows below the header. `rows` is the sum of the others. */
export const ImportCountsSchema = z.object({
  rows: Count,
  accepted: Count,
  /** Repeated what was stored, or another row of the file. */
  duplicate: Count,
  /** Contradicted another row or what was stored. */
  conflicting: Count,
  rejected: Count,
  blank: Count,
  /** Good rows that were not kept: the import failed, was a dry run, or another row of their store was rejected. */
  discarded: Count,
});
export type ImportCountsWire = z.infer<typeof ImportCountsSchema>;

export const ImportWarningSchema = z.object({
  code: z.string(),
  detail: z.string(),
  count: Count,
  /** Physical lines of the first ten, when lines are known. */
  lines: z.array(z.int().positive()),
  /** The first hundred stores, where the warning is about stores. */
  stores: z.array(StoreIdSchema),
});

/** `GET /api/v1/imports/{id}`, and an entry of the list. */
export const ImportSchema = z.object({
  id: z.int().positive(),
  kind: ImportKindSchema,
  /**
   * `receiving`: the upload is in progress. `complete_with_rejects`: the good rows are stored, the others listed.
   * `undoing`, `undone`: what the import changed is being restored, or was.
   */
  state: ImportStateSchema,
  /** The sender's name for the file: a label, at most 120 characters. */
  file_name: z.string().nullable(),
  dry_run: z.boolean(),
  on_error: z.enum(["keep", "abort"]),
  /** Of hours: from when they apply, as requested. */
  valid_from: z.string().nullable(),
  progress: z.object({
    /** Of the import as a whole. */
    phase: z.enum(["receiving", "waiting", "reading", "storing", "undoing", "ended"]),
    /** Rows read so far. */
    rows: Count,
    bytes_read: Count,
    /** Size of the file as sent; of the received part, while it is being received. */
    bytes_total: Count,
    /** Until it ends; null when unknown. */
    seconds_left: Count.nullable(),
  }),
  /** Null until the import has ended by itself. */
  counts: ImportCountsSchema.nullable(),
  warnings: z.array(ImportWarningSchema),
  /** Why nothing of the file was stored (or why it could not be undone); null without a failure. */
  error: z.object({ code: z.string(), detail: z.string(), line: z.int().positive().optional() }).nullable(),
  /** SHA-256 of the bytes as received, in hex; null until all have arrived. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  attempts: Count,
  stores_changed: Count.nullable().describe(
    "How many stores it gave other hours, time zones or names. Null for polls, until it has ended, and where it was not recorded.",
  ),
  can_undo: z
    .boolean()
    .describe(
      "Whether it can be undone. The undo is still refused if what the import changed was changed again since.",
    ),
  /** What the undo restored; null when nothing was undone. */
  undone: z
    .object({ at: InstantSchema, polls_removed: Count, polls_restored: Count, stores_restored: Count })
    .nullable(),
  created_at: InstantSchema,
  started_at: InstantSchema.nullable(),
  finished_at: InstantSchema.nullable(),
  links: z.object({ self: z.string(), rejects: z.string() }),
});
export type Import = z.infer<typeof ImportSchema>;

/** Query of `GET /api/v1/imports/{id}/rejects`. */
export const ImportRejectsQuerySchema = z.strictObject({
  limit: pageQuery.limit.describe("Maximum number of rows."),
});
export type ImportRejectsQuery = z.infer<typeof ImportRejectsQuerySchema>;

/** `GET /api/v1/imports/{id}/rejects`: the first rejected rows, in the order of the file. */
export const ImportRejectsSchema = z.object({
  rejects: z.array(
    z.object({
      /** In the uploaded file. */
      line: z.int().positive(),
      /** The column at fault; empty for the row as a whole. */
      column: z.string(),
      code: z.string(),
      reason: z.string(),
      /** The row as it was sent. */
      row: z.string(),
    }),
  ),
});
export type ImportRejects = z.infer<typeof ImportRejectsSchema>;

/** Query of `GET /api/v1/imports`. */
export const ImportListQuerySchema = z.strictObject({
  ...pageQuery,
});
export type ImportListQuery = z.infer<typeof ImportListQuerySchema>;

/** `GET /api/v1/imports`: newest first. */
export const ImportListSchema = z.object({ imports: z.array(ImportSchema), next_cursor: z.string().nullable() });
export type ImportList = z.infer<typeof ImportListSchema>;

import { z } from "zod";
import {
  CreateImportQuerySchema,
  ImportKindSchema,
  ImportListQuerySchema,
  ImportListSchema,
  ImportRejectsQuerySchema,
  ImportRejectsSchema,
  ImportSchema,
} from "./imports";
import { json, type Operation, type OperationParameter } from "./operation";
import { creationErrors, idempotencyKeyHeader, ifNoneMatchHeader, linkHeader, readable } from "./operation-parameters";
import { needs } from "./scopes";
import { WaitQuerySchema } from "./wait";

const importIdParameter = {
  import_id: { schema: z.string().regex(/^[1-9][0-9]{0,17}$/), description: "The import ID." },
} satisfies Record<string, OperationParameter>;

const oneErrors = ["invalid_import_id", "import_not_found"];
const oneImport = json("Import", ImportSchema);

export const importOperations: readonly Operation[] = [
  {
    id: "sendFile",
    access: needs.fleetFiles,
    tag: "Data",
    method: "POST",
    path: "/api/v1/imports/{kind}",
    summary: "Upload a file to import",
    description:
      "The file is the raw body (`text/csv`, `application/octet-stream` or `application/gzip`; gzip is decompressed) or the only part of `multipart/form-data`. Limits: 1 GiB (4 GiB decompressed, at most 100 times its size), lines of 64 KiB, fields of 4 KiB, 64 columns. The response comes once the file is stored; a worker then imports it. Imports are atomic, even if processes are killed. Invalid rows are listed and the rest is imported, unless more than 5% of 100 rows or more are invalid. A store's hours, and the special hours of a date, are replaced completely or not at all: with an invalid row they stay as they were. Columns: polls `store_id,status,timestamp_utc`; hours `store_id,day,start_time_local,end_time_local` (no times, or `closed` in either: closed that day; on a day with both, the hours count); timezones `store_id,timezone_str`; stores `store_id` and any of `name,brand,group,address,url`; exceptions `store_id,date,start_time_local,end_time_local` (no times, or `closed` in either: closed). An apostrophe in front of a formula, as in our own CSV, is removed. Importing the same file again changes nothing.",
    pathParameters: { kind: { schema: ImportKindSchema, description: "The file type." } },
    query: CreateImportQuerySchema,
    headers: {
      ...idempotencyKeyHeader,
      "Content-Digest": {
        schema: z.string(),
        description:
          "`sha-256=:BASE64:` of the body (RFC 9530). A body that does not match is rejected. Repr-Digest works too.",
      },
    },
    body: {
      content: { mediaType: "text/csv" },
      mediaTypes: ["text/csv", "application/gzip", "application/octet-stream", "multipart/form-data"],
      example: "store_id,status,timestamp_utc\n8419537941919820732,active,2023-01-24 09:06:42.605777 UTC\n",
    },
    responses: [
      {
        status: 202,
        description: "The file is stored and its import queued.",
        content: oneImport,
        headers: { Location: "URL of the import.", "Retry-After": "Seconds to wait before checking it." },
      },
    ],
    errors: [
      "not_found",
      "invalid_dry_run",
      "invalid_on_error",
      "invalid_valid_from",
      "empty_file",
      "not_csv",
      "git_lfs_pointer",
      "binary_file",
      "corrupt_gzip",
      "bad_multipart",
      "incomplete_upload",
      "digest_mismatch",
      "invalid_digest",
      "import_ended",
      "file_too_large",
      "insufficient_storage",
      "compressed_not_supported",
      ...creationErrors,
    ],
    example: "/api/v1/imports/polls?on_error=abort",
  },
  {
    id: "listImports",
    access: needs.fleetFiles,
    tag: "Data",
    method: "GET",
    path: "/api/v1/imports",
    summary: "List imports",
    query: ImportListQuerySchema,
    headers: ifNoneMatchHeader,
    responses: readable("One page.", json("ImportList", ImportListSchema), linkHeader),
    errors: ["invalid_cursor", "invalid_limit"],
    example: "/api/v1/imports?limit=2",
  },
  {
    id: "getImport",
    access: needs.fleetFiles,
    tag: "Data",
    method: "GET",
    path: "/api/v1/imports/{import_id}",
    summary: "Get an import",
    description:
      "State, progress and results. With `wait` the response comes when the import has ended, or after that many seconds.",
    pathParameters: importIdParameter,
    query: WaitQuerySchema,
    headers: ifNoneMatchHeader,
    responses: readable("The import.", oneImport),
    errors: [...oneErrors, "invalid_wait", "rate_limited"],
    example: "/api/v1/imports/12",
  },
  {
    id: "listImportRejects",
    access: needs.fleetFiles,
    tag: "Data",
    method: "GET",
    path: "/api/v1/imports/{import_id}/rejects",
    summary: "List rejected rows",
    description: "The first rejected rows with line, column and reason; the file `rejects.csv` has up to 10,000.",
    pathParameters: importIdParameter,
    query: ImportRejectsQuerySchema,
    headers: ifNoneMatchHeader,
    responses: readable("The rejected rows.", json("ImportRejects", ImportRejectsSchema)),
    errors: [...oneErrors, "invalid_limit"],
    example: "/api/v1/imports/12/rejects?limit=20",
  },
  {
    id: "downloadImportRejects",
    access: needs.fleetFiles,
    tag: "Data",
    method: "GET",
    path: "/api/v1/imports/{import_id}/rejects.csv",
    summary: "Download rejected rows (CSV)",
    description:
      "`line,byte_offset,column,code,reason,raw` of the first 10,000; the total is in the import's counts. `line` is the line in the uploaded file. Safe to open in a spreadsheet: nothing runs as a formula. Final once the import has ended.",
    pathParameters: importIdParameter,
    headers: ifNoneMatchHeader,
    responses: readable(
      "The rejected rows; only the header if there are none.",
      {
        mediaType: "text/csv",
        example:
          'line,byte_offset,column,code,reason,raw\n7,412,status,bad_status,expected active or inactive,"8419537941919820732,asleep,2023-01-24 10:00:00 UTC"',
      },
      {
        "Content-Disposition": "A file name with the import ID.",
      },
    ),
    errors: [...oneErrors, "rate_limited"],
    example: "/api/v1/imports/12/rejects.csv",
  },
  {
    id: "deleteImport",
    access: needs.fleetFiles,
    tag: "Data",
    method: "DELETE",
    path: "/api/v1/imports/{import_id}",
    summary: "Cancel an import (DELETE)",
    description: "Same as `POST …/cancel`. Nothing is imported. Cancelling again changes nothing.",
    pathParameters: importIdParameter,
    responses: [{ status: 200, description: "The import.", content: oneImport }],
    errors: [...oneErrors, "import_ended"],
    example: "/api/v1/imports/12",
  },
  {
    id: "cancelImport",
    access: needs.fleetFiles,
    tag: "Data",
    method: "POST",
    path: "/api/v1/imports/{import_id}/cancel",
    summary: "Cancel an import",
    description: "For an import that has not ended. Nothing is imported. Cancelling again changes nothing.",
    pathParameters: importIdParameter,
    responses: [{ status: 200, description: "The import.", content: oneImport }],
    errors: [...oneErrors, "import_ended"],
    example: "/api/v1/imports/12/cancel",
  },
  {
    id: "undoImport",
    access: needs.fleetFiles,
    tag: "Data",
    method: "POST",
    path: "/api/v1/imports/{import_id}/undo",
    summary: "Undo an import",
    description:
      "Restores what the stores had before this import. Of polls, removes those it added and restores those it changed from active to inactive. Of hours, special hours, time zones and files of stores, restores what it replaced; refused if that was changed again since. Stores that it created stay. Undoing again changes nothing.",
    pathParameters: importIdParameter,
    responses: [
      {
        status: 202,
        description: "The undo is queued or done.",
        content: oneImport,
        headers: { Location: "URL of the import.", "Retry-After": "Seconds to wait before checking it." },
      },
    ],
    errors: [...oneErrors, "import_not_undoable"],
    example: "/api/v1/imports/12/undo",
  },
];

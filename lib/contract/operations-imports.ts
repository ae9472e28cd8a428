import { z } from "zod";
import {
  CreateImportQuerySchema,
  ImportKindSchema,
  ImportListQuerySchema,
  ImportListSchema,
  ImportSchema,
} from "./imports";
import { json, type Operation, type OperationParameter } from "./operation";
import { creationErrors, idempotencyKeyHeader, ifNoneMatchHeader, linkHeader, readable } from "./operation-parameters";
import { needs } from "./scopes";
import { WaitQuerySchema } from "./wait";

const importIdParameter = {
  import_id: { schema: z.string().regex(/^[1-9][0-9]{0,17}$/), description: "The import's id." },
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
    summary: "Import a file",
    description:
      "The file is the raw body (`text/csv`, `application/octet-stream` or `application/gzip`; gzip is inflated) or the one part of `multipart/form-data`. It is streamed, up to 1 GiB (4 GiB inflated, at most a hundred times its size) with lines of at most 64 KiB, fields of 4 KiB and 64 columns, and the response is sent when all of it is committed. A worker then imports it completely or not at all, even if processes are killed. Rejected rows are listed and the others are stored, unless more than 5 % are rejected. Columns: polls `store_id,status,timestamp_utc`; hours `store_id,day,start_time_local,end_time_local` (no times, or `closed` in one: closed on that day; for a day that is closed and has hours the hours count); timezones `store_id,timezone_str`; stores `store_id` and any of `name,brand,group,address,url`; exceptions `store_id,date,start_time_local,end_time_local` (no times, or `closed` in one: closed). An apostrophe that marks text where a formula would start, as in our own CSV, is removed. Importing the same file again changes nothing.",
    pathParameters: { kind: { schema: ImportKindSchema, description: "The kind of file." } },
    query: CreateImportQuerySchema,
    headers: {
      ...idempotencyKeyHeader,
      "Content-Digest": {
        schema: z.string(),
        description:
          "`sha-256=:BASE64:` of the body (RFC 9530): a different body is rejected. Repr-Digest works as well.",
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
        headers: { Location: "Where the import is.", "Retry-After": "Seconds after which to check." },
      },
    ],
    errors: [
      "not_found",
      "invalid_dry_run",
      "invalid_on_error",
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
    summary: "List the imports, newest first",
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
    summary: "Get an import's state, progress and result",
    description: "With `wait` the response is sent when the import has ended, or after that many seconds.",
    pathParameters: importIdParameter,
    query: WaitQuerySchema,
    headers: ifNoneMatchHeader,
    responses: readable("The import.", oneImport),
    errors: [...oneErrors, "invalid_wait", "rate_limited"],
    example: "/api/v1/imports/12",
  },
  {
    id: "downloadImportRejects",
    access: needs.fleetFiles,
    tag: "Data",
    method: "GET",
    path: "/api/v1/imports/{import_id}/rejects.csv",
    summary: "Download rejected rows",
    description:
      "`line,byte_offset,column,code,reason,raw` of the first 10,000; the total is in the import's counts. `line` is the physical line of the file as sent. Safe to open in a spreadsheet: nothing runs as a formula. After the import has ended they never change.",
    pathParameters: importIdParameter,
    headers: ifNoneMatchHeader,
    responses: readable(
      "The rows; only the header when none was rejected.",
      { mediaType: "text/csv" },
      {
        "Content-Disposition": "A file name with the import's id.",
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
    summary: "Cancel an import, by DELETE",
    description: "Like `POST …/cancel`. Nothing of its file is kept. Cancelling twice has the same effect.",
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
    summary: "Cancel an import that has not ended",
    description: "Nothing of its file is kept. Cancelling twice has the same effect.",
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
    summary: "Undo an import of polls",
    description:
      "Removes exactly the polls that this import added, and restores those that it changed from active to inactive. Stores that it created stay. Undoing twice has the same effect.",
    pathParameters: importIdParameter,
    responses: [
      {
        status: 202,
        description: "The undo is queued, or done.",
        content: oneImport,
        headers: { Location: "Where the import is.", "Retry-After": "Seconds after which to check." },
      },
    ],
    errors: [...oneErrors, "import_not_undoable"],
    example: "/api/v1/imports/12/undo",
  },
];

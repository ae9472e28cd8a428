/**
 * Errors that a caller can act on, by code. Anything else that is thrown is a bug: it is logged, and the response is
 * 500 without detail.
 */
export const problems = {
  bad_request: { status: 400, title: "Invalid request" },
  invalid_json: { status: 400, title: "Invalid JSON" },
  duplicate_key: { status: 400, title: "Duplicate key in the body" },
  empty_body: { status: 400, title: "Request body is empty" },
  invalid_type: { status: 400, title: "Body must be a JSON object" },
  unknown_parameter: { status: 400, title: "Unknown query parameter" },
  duplicate_parameter: { status: 400, title: "Query parameter given twice" },
  unknown_field: { status: 400, title: "Unknown field" },
  invalid_limit: { status: 400, title: "Invalid limit" },
  invalid_sort: { status: 400, title: "Invalid sort order" },
  invalid_state: { status: 400, title: "Invalid state" },
  invalid_preset: { status: 400, title: "Invalid preset" },
  invalid_brand: { status: 400, title: "Invalid brand" },
  invalid_group: { status: 400, title: "Invalid group" },
  invalid_time_zone: { status: 400, title: "Invalid time zone" },
  invalid_bom: { status: 400, title: "bom must be 0 or 1" },
  invalid_wait: { status: 400, title: "Invalid wait" },
  invalid_window: { status: 400, title: "Invalid window" },
  invalid_method: { status: 400, title: "Invalid method" },
  store_id_must_be_string: { status: 400, title: "Store IDs must be strings" },
  empty_batch: { status: 400, title: "Batch is empty" },
  corrupt_gzip: { status: 400, title: "Corrupt gzip body" },
  invalid_atomic: { status: 400, title: "atomic must be 0 or 1" },
  invalid_idempotency_key: { status: 400, title: "Invalid Idempotency-Key" },
  invalid_store: { status: 400, title: "Invalid store ID" },
  invalid_removal_id: { status: 400, title: "Invalid removal ID" },
  invalid_webhook_id: { status: 400, title: "Invalid webhook ID" },
  invalid_delivery_id: { status: 400, title: "Invalid delivery ID" },
  key_in_url: { status: 400, title: "API key in the URL" },
  weak_password: { status: 400, title: "Password is too easy to guess" },
  invalid_email: { status: 400, title: "Invalid email address" },
  invalid_name: { status: 400, title: "Invalid name" },
  invalid_password: { status: 400, title: "Invalid password" },
  invalid_scopes: { status: 400, title: "Invalid scopes" },
  invalid_expires_at: { status: 400, title: "Invalid expiry time" },
  bad_encoding: { status: 400, title: "Invalid percent-encoding in the URL" },
  missing_report_id: { status: 400, title: "Report ID is missing" },
  invalid_report_id: { status: 400, title: "Invalid report ID" },
  invalid_store_id: { status: 400, title: "Invalid store ID" },
  invalid_cursor: { status: 400, title: "Invalid cursor" },
  invalid_as_of: { status: 400, title: "Invalid as-of time" },
  invalid_action: { status: 400, title: "Unknown audit action" },
  invalid_from: { status: 400, title: "Invalid start of range" },
  invalid_to: { status: 400, title: "Invalid end of range" },
  invalid_period: { status: 400, title: "Unknown period" },
  invalid_from_date: { status: 400, title: "Invalid first date" },
  invalid_to_date: { status: 400, title: "Invalid last date" },
  invalid_range: { status: 400, title: "Invalid range" },
  invalid_bucket: { status: 400, title: "Unsupported bucket size" },
  invalid_by: { status: 400, title: "Unknown grouping" },
  invalid_explain: { status: 400, title: "Unknown explain mode" },
  invalid_date: { status: 400, title: "Invalid date" },
  invalid_hours: { status: 400, title: "Invalid hours" },
  invalid_valid_from: { status: 400, title: "Invalid first day of hours" },
  duplicate_store: { status: 400, title: "Store listed twice" },
  invalid_url: { status: 400, title: "Invalid URL" },
  invalid_zone: { status: 400, title: "Unknown time zone" },
  invalid_list: { status: 400, title: "Unknown list" },
  exception_not_found: { status: 404, title: "No special hours on that date" },
  empty_file: { status: 400, title: "File is empty" },
  not_csv: { status: 400, title: "File is not CSV" },
  git_lfs_pointer: { status: 400, title: "File is a Git LFS pointer" },
  binary_file: { status: 400, title: "File is binary, not text" },
  bad_multipart: { status: 400, title: "Form must contain exactly one file" },
  incomplete_upload: { status: 400, title: "Incomplete upload" },
  digest_mismatch: { status: 400, title: "File does not match its digest" },
  invalid_digest: { status: 400, title: "Unsupported digest" },
  invalid_dry_run: { status: 400, title: "dry_run must be 0 or 1" },
  invalid_on_error: { status: 400, title: "on_error must be keep or abort" },
  invalid_import_id: { status: 400, title: "Invalid import ID" },
  wrong_password: { status: 401, title: "Incorrect email or password" },
  unauthenticated: { status: 401, title: "Authentication required" },
  cross_site_request: { status: 403, title: "Cross-origin request refused" },
  insufficient_scope: { status: 403, title: "Permission denied" },
  not_found: { status: 404, title: "Not found" },
  store_not_found: { status: 404, title: "Store not found" },
  report_not_found: { status: 404, title: "Report not found" },
  webhook_not_found: { status: 404, title: "Webhook not found" },
  delivery_not_found: { status: 404, title: "Delivery not found" },
  removal_not_found: { status: 404, title: "Removal not found" },
  import_not_found: { status: 404, title: "Import not found" },
  host_not_allowed: { status: 421, title: "Unknown host name" },
  not_acceptable: { status: 406, title: "No response in an accepted media type" },
  person_not_found: { status: 404, title: "User not found" },
  session_not_found: { status: 404, title: "Session not found" },
  invitation_not_found: { status: 404, title: "Invitation not found" },
  key_not_found: { status: 404, title: "API key not found" },
  link_not_valid: { status: 410, title: "Link is used, expired or invalid" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  no_snapshot: { status: 409, title: "Fleet figures are not ready yet" },
  report_not_ready: { status: 409, title: "Report is not complete" },
  report_failed: { status: 409, title: "Report failed" },
  report_not_cancellable: { status: 409, title: "Report cannot be cancelled" },
  idempotency_key_in_flight: { status: 409, title: "A request with this Idempotency-Key is in progress" },
  email_taken: { status: 409, title: "Email address already in use" },
  already_set_up: { status: 409, title: "Already set up" },
  last_operator: { status: 409, title: "The last operator cannot be removed" },
  too_many_hours_changes: { status: 409, title: "Too many changes of a store's hours" },
  too_many_keys: { status: 409, title: "Two active keys already have this name" },
  import_ended: { status: 409, title: "Import has already ended" },
  removal_not_undoable: { status: 409, title: "Removal cannot be undone" },
  import_not_undoable: { status: 409, title: "Import cannot be undone" },
  report_expired: { status: 410, title: "Report has been deleted" },
  precondition_failed: { status: 412, title: "Changed since it was read" },
  file_too_large: { status: 413, title: "File too large" },
  body_too_large: { status: 413, title: "Body too large" },
  body_too_complex: { status: 413, title: "Body has too many values" },
  body_too_fragmented: { status: 413, title: "Body has too many small chunks" },
  batch_too_large: { status: 413, title: "Too many polls in one batch" },
  body_too_deep: { status: 413, title: "Body nested too deeply" },
  inflated_too_large: { status: 413, title: "Decompressed body too large" },
  uri_too_long: { status: 414, title: "URL too long" },
  unsupported_media_type: { status: 415, title: "Unsupported media type" },
  compressed_not_supported: { status: 415, title: "Unsupported compression" },
  unsupported_encoding: { status: 415, title: "Unsupported character encoding" },
  too_many_polls: { status: 422, title: "Too many polls in the range" },
  polls_rejected: { status: 422, title: "Some polls were rejected" },
  idempotency_key_reused: { status: 422, title: "Idempotency-Key reused for a different request" },
  webhook_url_not_allowed: { status: 422, title: "Webhook address not allowed" },
  too_many_webhooks: { status: 422, title: "Too many webhooks" },
  report_limit: { status: 429, title: "Too many reports in progress" },
  rate_limited: { status: 429, title: "Too many requests" },
  expectation_failed: { status: 417, title: "Expectation not supported" },
  headers_too_large: { status: 431, title: "Request headers too large" },
  request_timeout: { status: 408, title: "Request timed out" },
  internal: { status: 500, title: "Internal server error" },
  query_timeout: { status: 503, title: "Database query timed out" },
  setup_required: { status: 503, title: "Setup required" },
  not_implemented: { status: 501, title: "Method not implemented" },
  insufficient_storage: { status: 507, title: "Database disk is almost full" },
  overloaded: { status: 503, title: "Server overloaded" },
  not_ready: { status: 503, title: "Not ready" },
  database_unavailable: { status: 503, title: "Database unavailable" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code);
}

/** One faulty place in the input. */
export interface InputFault {
  readonly pointer?: string;
  readonly code: string;
  readonly reason: string;
  readonly value?: string;
}

/** An error that the caller can act on. `detail` is shown to people: no SQL, no path, no secret. */
export class AppError extends Error {
  constructor(
    readonly code: ProblemCode,
    detail: string,
    readonly options: ErrorOptions & {
      readonly faults?: readonly InputFault[];
      /** Headers of the response. */
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(detail, options);
    this.name = "AppError";
  }
}

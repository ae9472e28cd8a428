/** What a caller can act on, by code. Anything else that is thrown is a bug: logged, 500, no detail. */
export const problems = {
  bad_request: { status: 400, title: "The request is not valid" },
  invalid_json: { status: 400, title: "The body is not valid JSON" },
  duplicate_key: { status: 400, title: "The body names something twice" },
  empty_body: { status: 400, title: "The request has no body" },
  invalid_type: { status: 400, title: "The body is not a JSON object" },
  unknown_parameter: { status: 400, title: "The address has a parameter that means nothing here" },
  duplicate_parameter: { status: 400, title: "A parameter was given twice" },
  unknown_field: { status: 400, title: "The body has a field that means nothing here" },
  invalid_limit: { status: 400, title: "That is not a page size" },
  invalid_sort: { status: 400, title: "That is not an order of this list" },
  invalid_state: { status: 400, title: "That is not a state" },
  invalid_preset: { status: 400, title: "That is not a preset" },
  invalid_brand: { status: 400, title: "That is not a brand" },
  invalid_group: { status: 400, title: "That is not a group" },
  invalid_bom: { status: 400, title: "bom is 0 or 1" },
  invalid_wait: { status: 400, title: "Nobody waits that long" },
  invalid_window: { status: 400, title: "That is not a window" },
  invalid_method: { status: 400, title: "That is not a method" },
  store_id_must_be_string: { status: 400, title: "Store ids are strings" },
  empty_batch: { status: 400, title: "The batch is empty" },
  corrupt_gzip: { status: 400, title: "The body is not whole gzip" },
  invalid_atomic: { status: 400, title: "atomic is 0 or 1" },
  invalid_idempotency_key: { status: 400, title: "That is not an idempotency key" },
  invalid_webhook_id: { status: 400, title: "That is not a webhook's id" },
  invalid_delivery_id: { status: 400, title: "That is not a delivery's id" },
  key_in_url: { status: 400, title: "A key does not belong in an address" },
  bad_encoding: { status: 400, title: "The address is not valid percent-encoding" },
  missing_report_id: { status: 400, title: "No report id was given" },
  invalid_report_id: { status: 400, title: "That is not a report id" },
  invalid_store_id: { status: 400, title: "That is not a store id" },
  invalid_cursor: { status: 400, title: "That cursor does not belong to this list" },
  invalid_as_of: { status: 400, title: "That is not an instant a report can be as of" },
  invalid_from: { status: 400, title: "That is not where a range can start" },
  invalid_to: { status: 400, title: "That is not where a range can end" },
  invalid_range: { status: 400, title: "That range cannot be answered" },
  invalid_bucket: { status: 400, title: "A range is not cut like that" },
  invalid_explain: { status: 400, title: "That is no way to explain" },
  invalid_date: { status: 400, title: "That is not a date" },
  invalid_hours: { status: 400, title: "Those are not hours of a day" },
  invalid_url: { status: 400, title: "That is not the address of a page" },
  invalid_list: { status: 400, title: "There is no such list" },
  exception_not_found: { status: 404, title: "That date has no hours of its own" },
  empty_file: { status: 400, title: "The file is empty" },
  not_csv: { status: 400, title: "The file is not CSV" },
  git_lfs_pointer: { status: 400, title: "The file stands for another one" },
  binary_file: { status: 400, title: "The file is not text" },
  bad_multipart: { status: 400, title: "The form does not hold exactly one file" },
  incomplete_upload: { status: 400, title: "Not all of the file arrived" },
  digest_mismatch: { status: 400, title: "The file that arrived is not the one that was sent" },
  invalid_digest: { status: 400, title: "That is not a digest that can be checked" },
  invalid_dry_run: { status: 400, title: "dry_run is 0 or 1" },
  invalid_on_error: { status: 400, title: "on_error is keep or abort" },
  invalid_import_id: { status: 400, title: "That is not an import's id" },
  unauthenticated: { status: 401, title: "Sign in, or send a key" },
  insufficient_scope: { status: 403, title: "You may not do that" },
  not_found: { status: 404, title: "There is nothing here" },
  store_not_found: { status: 404, title: "No such store" },
  report_not_found: { status: 404, title: "No such report" },
  webhook_not_found: { status: 404, title: "No such webhook" },
  delivery_not_found: { status: 404, title: "No such delivery" },
  import_not_found: { status: 404, title: "No such import" },
  not_acceptable: { status: 406, title: "There is no answer of that media type" },
  method_not_allowed: { status: 405, title: "That method is not allowed here" },
  no_snapshot: { status: 409, title: "The fleet has no figures yet" },
  report_not_ready: { status: 409, title: "The report is not complete" },
  report_failed: { status: 409, title: "The report failed" },
  report_not_cancellable: { status: 409, title: "The report cannot be cancelled" },
  idempotency_key_in_flight: { status: 409, title: "The first request with that key is still under way" },
  import_ended: { status: 409, title: "The import has ended" },
  import_not_undoable: { status: 409, title: "The import cannot be undone" },
  report_expired: { status: 410, title: "The report is no longer kept" },
  file_too_large: { status: 413, title: "The file is too large" },
  body_too_large: { status: 413, title: "The body is too large" },
  batch_too_large: { status: 413, title: "The batch has too many polls" },
  body_too_deep: { status: 413, title: "The body is nested too deeply" },
  inflated_too_large: { status: 413, title: "The body inflates to too much" },
  uri_too_long: { status: 414, title: "The address is too long" },
  unsupported_media_type: { status: 415, title: "The body has the wrong media type" },
  compressed_not_supported: { status: 415, title: "The file is compressed in a way that is not read here" },
  unsupported_encoding: { status: 415, title: "The body is encoded in a way that is not read here" },
  polls_rejected: { status: 422, title: "Not every poll can be taken" },
  idempotency_key_reused: { status: 422, title: "That key came with another request" },
  webhook_url_not_allowed: { status: 422, title: "Nothing is sent to that address" },
  too_many_webhooks: { status: 422, title: "There are too many webhooks" },
  report_limit: { status: 429, title: "Too many reports are under way" },
  rate_limited: { status: 429, title: "Too many requests" },
  headers_too_large: { status: 431, title: "The headers are too large" },
  request_timeout: { status: 408, title: "The request took too long to arrive" },
  internal: { status: 500, title: "Something went wrong on our side" },
  query_timeout: { status: 503, title: "The database took too long" },
  setup_required: { status: 503, title: "The first operator is not set up yet" },
  not_implemented: { status: 501, title: "That method is not known here" },
  insufficient_storage: { status: 507, title: "The database's disk is nearly full" },
  overloaded: { status: 503, title: "There is more to do than can be done" },
  not_ready: { status: 503, title: "Not ready to serve" },
  database_unavailable: { status: 503, title: "The database is away" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** One place in the input that is at fault. */
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
      /** For the answer. */
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(detail, options);
    this.name = "AppError";
  }
}

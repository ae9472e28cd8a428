/** Why a row cannot be split into fields. */
export type CsvDamage = "bad_quote" | "line_too_long" | "nul_byte" | "invalid_utf8";

/** The reason and remedy of a rejected row. */
export const rowFaultReasons = {
  bad_quote: "there is a quote inside an unquoted field, or text after a closing quote",
  line_too_long: "the row is longer than 65,536 bytes",
  field_too_long: "a field is longer than 4,096 bytes",
  nul_byte: "the row contains a NUL byte; the file may be the remains of a crashed copy",
  invalid_utf8: "the row is not UTF-8; save the file as CSV UTF-8",
  wrong_column_count: "the row does not have as many fields as the header",
  repeated_header: "the header is repeated here; were files joined?",
  bad_character: "only ASCII characters are expected here",
  missing_store_id: "the store id is empty",
  bad_store_id: "a store id is 1 to 64 letters, digits, underscores or hyphens",
  id_damaged_by_spreadsheet: "a spreadsheet rounded this id; export the ids as text",
  missing_timestamp: "the timestamp is empty",
  bad_timestamp: "expected a UTC time such as 2023-01-24 09:06:42.605777 UTC",
  ambiguous_zone: "the zone is ambiguous",
  timestamp_out_of_range: "only polls from 2000-01-01 on are accepted",
  timestamp_in_future: "the poll is more than five minutes in the future",
  bad_status: "expected active or inactive",
  bad_day: "expected a day from 0 (Monday) to 6 (Sunday)",
  bad_time: "expected a local time such as 09:00:00",
  zero_length: "start and end are the same; the whole day is 00:00:00 to 00:00:00 or to 24:00:00",
  too_many_intervals: "a store may have at most 50 intervals per day",
  unknown_zone: "unknown time zone",
  bad_date: "expected a date from 2000 to 2099, such as 2023-12-25",
  text_too_long: "the text is too long",
  bad_tags: "expected tags separated by semicolons",
  bad_lifecycle: "expected active, paused or retired",
  bad_url: "expected a complete address that starts with http:// or https://",
} as const satisfies Record<string, string> & Record<CsvDamage, string>;

export type RowFaultCode = keyof typeof rowFaultReasons;

/** Why a row is rejected. `column` is the header name of the faulty field, empty when it is the row. */
export interface RowFault {
  readonly column: string;
  readonly code: RowFaultCode;
  /** Replaces the code's own reason. */
  readonly reason?: string;
}

/** A rejected row. */
export interface Reject {
  /** Physical line of the file that the row starts on; the header's is 1. */
  readonly line: number;
  /** Byte of the file at which the damage is, or the row starts. */
  readonly byteOffset: number;
  readonly column: string;
  readonly code: RowFaultCode;
  readonly reason: string;
  /** The row as in the file, cut to 256 characters. */
  readonly raw: string;
}

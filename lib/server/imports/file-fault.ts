/** Why a file was rejected as a whole. */
export type FileFaultCode =
  | "empty_file"
  | "missing_header"
  | "unknown_column"
  | "missing_column"
  | "duplicate_column"
  | "too_many_columns"
  | "wrong_file_kind"
  | "wrong_delimiter"
  | "not_csv"
  | "git_lfs_pointer"
  | "binary_file"
  | "unsupported_encoding"
  | "invalid_utf8"
  | "nul_byte"
  | "bad_quote"
  | "compressed_not_supported"
  | "corrupt_gzip"
  | "inflated_too_large"
  | "file_too_large"
  | "unclosed_quote"
  | "line_too_long"
  | "rows_rejected"
  | "too_many_rejects";

/** The file as a whole is rejected: nothing of it is kept. `message` names the place and the remedy for users. */
export class FileFault extends Error {
  constructor(
    readonly code: FileFaultCode,
    message: string,
    readonly options: ErrorOptions & { readonly line?: number } = {},
  ) {
    super(message, options);
    this.name = "FileFault";
  }
}

/** A file that a caller downloads. */
export interface Download {
  /** Quoted, as in the header; null for a file that may still change. */
  readonly etag: string | null;
  readonly mediaType: string;
  /** Additional headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** ASCII without quotes. */
  readonly fileName: string;
  /** Starts the file's bytes; called at most once. */
  readonly open: () => ReadableStream<Uint8Array>;
}

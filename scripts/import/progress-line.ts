import type { ImportProgress } from "@/lib/server/imports/import-result";

/** One line on a terminal with the progress of an import; silent without a terminal. */
export class ProgressLine {
  readonly #out: NodeJS.WriteStream;
  readonly #label: string;
  readonly #totalBytes: number | null;
  readonly #since = performance.now();
  #shownAt = 0;

  /** @param totalBytes size of the file; null when unknown */
  constructor(out: NodeJS.WriteStream, label: string, totalBytes: number | null) {
    this.#out = out;
    this.#label = label;
    this.#totalBytes = totalBytes;
  }

  show({ phase, bytes, rows }: ImportProgress): void {
    const now = performance.now();
    if (!this.#out.isTTY || (phase === "reading" && now - this.#shownAt < 200)) return;
    this.#shownAt = now;
    const seconds = (now - this.#since) / 1_000;
    const parts = [`${this.#label}: ${rows.toLocaleString("en-US")} rows`];
    if (seconds > 0) parts.push(`${Math.round(rows / seconds).toLocaleString("en-US")} rows/s`);
    if (phase === "storing") parts.push("storing");
    else if (this.#totalBytes !== null && bytes > 0) {
      const left = (seconds * Math.max(0, this.#totalBytes - bytes)) / bytes;
      parts.push(`${Math.ceil(left).toString()} s of reading left`);
    }
    this.#out.write(`\r\x1b[2K${parts.join(" · ")}`);
  }

  clear(): void {
    if (this.#out.isTTY) this.#out.write("\r\x1b[2K");
  }
}

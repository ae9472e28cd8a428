import { createHash, randomBytes } from "node:crypto";
import { ImportSchema, type Import, type ImportKindName } from "@/lib/contract/imports";
import { ask, bodyOf, outcome, problemOf, type Answer, type Ask } from "./http";

/** The result of a file that was sent to be imported. */
export interface SentFile {
  /** `404 not_found` and the like when the request was refused, else the final state of the import. */
  readonly outcome: string;
  /** Error code, of the request or of the file; null without an error. */
  readonly code: string | null;
  readonly detail: string;
  /** Null when the request was refused. */
  readonly import: Import | null;
  readonly warnings: readonly string[];
}

/** A row of `rejects.csv`. */
export interface ListedReject {
  readonly line: number;
  readonly byteOffset: number;
  readonly column: string;
  readonly code: string;
  readonly reason: string;
}

export interface SendOptions {
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends files to one app. */
export interface Files {
  /** An import after it has ended. */
  readonly importEnd: (path: string) => Promise<Import>;
  /** Sends bytes as a file of a kind and waits for the result. */
  readonly send: (kind: ImportKindName, bytes: string | Uint8Array, options?: SendOptions) => Promise<SentFile>;
  /** The result of the file that a response is about. */
  readonly fate: (answer: Answer) => Promise<SentFile>;
  /** The rejected rows of an import. */
  readonly rejectsOf: (sent: SentFile) => Promise<readonly ListedReject[]>;
}

export function filesBy(ask: Ask): Files {
  const importEnd: Files["importEnd"] = async (path) => {
    for (;;) {
      const answer = await ask(`${path}?wait=30`);
      if (answer.headers.get("retry-after") === null) return bodyOf(answer, ImportSchema);
    }
  };
  const fate: Files["fate"] = async (answer) => {
    if (answer.status >= 400) {
      const { code, detail } = problemOf(answer);
      return { outcome: outcome(answer), code, detail, import: null, warnings: [] };
    }
    const found = await importEnd(answer.headers.get("location") ?? "");
    return {
      outcome: found.state,
      code: found.error?.code ?? null,
      detail: found.error?.detail ?? "",
      import: found,
      warnings: found.warnings.map(({ code }) => code),
    };
  };
  const send: Files["send"] = async (kind, bytes, { query = "", headers = {} } = {}) => {
    const init = { method: "POST", headers: { "content-type": "text/csv", ...headers }, body: Buffer.from(bytes) };
    return fate(await ask(`/api/v1/imports/${kind}${query}`, init));
  };
  const rejectsOf: Files["rejectsOf"] = async (sent) => {
    const { text } = await ask(sent.import?.links.rejects ?? "");
    return text
      .split("\r\n")
      .slice(1, -1)
      .map((line) => {
        const [number = "", offset = "", column = "", code = "", ...rest] = line.split(",");
        return { line: Number(number), byteOffset: Number(offset), column, code, reason: rest.join(",") };
      });
  };
  return { importEnd, send, fate, rejectsOf };
}

/** For the app that all files share. */
export const { importEnd, send, fate, rejectsOf } = filesBy(ask);

/** Of a file of polls. */
export const header = "store_id,status,timestamp_utc\n";
/** Specific to this test file: the files share one app, and may share a process. */
const own = randomBytes(4).toString("hex");
let made = 0;

/** A row that no other test sends, so that it is new. */
export function row(): string {
  made += 1;
  return `file-${own}-${made},active,2023-01-24 09:06:42.605777 UTC\n`;
}

/** A file of one such row. */
export const good = (): string => header + row();

/** Bytes, one per character: for text that is not UTF-8. */
export const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");

/** In the format of digest fields (RFC 9530). */
export const digestOf = (text: string): string => `sha-256=:${createHash("sha256").update(text).digest("base64")}:`;

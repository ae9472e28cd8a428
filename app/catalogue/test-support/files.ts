import { ImportSchema, type Import, type ImportKindName } from "@/lib/contract/imports";
import { ask, bodyOf, outcome, problemOf, type Answer } from "./http";

/** What became of a file that was sent to be imported. */
export interface SentFile {
  /** `404 not_found` and the like where the request was refused, else the state the import ended in. */
  readonly outcome: string;
  /** Code of what was wrong, of the request or of the file; null where nothing was. */
  readonly code: string | null;
  readonly detail: string;
  /** Null where the request was refused. */
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

/** An import when nothing more becomes of it. */
export async function importEnd(path: string): Promise<Import> {
  for (;;) {
    const answer = await ask(`${path}?wait=30`);
    if (answer.headers.get("retry-after") === null) return bodyOf(answer, ImportSchema);
  }
}

/** Sends bytes as a file of a kind and waits for what becomes of them. */
export async function send(
  kind: ImportKindName,
  bytes: string | Uint8Array,
  { query = "", headers = {} }: SendOptions = {},
): Promise<SentFile> {
  const body = Buffer.from(bytes);
  const init = { method: "POST", headers: { "content-type": "text/csv", ...headers }, body };
  return fate(await ask(`/api/v1/imports/${kind}${query}`, init));
}

/** What becomes of the file that an answer is about. */
export async function fate(answer: Answer): Promise<SentFile> {
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
}

/** The rows of an import that were not taken. */
export async function rejectsOf(sent: SentFile): Promise<readonly ListedReject[]> {
  const { text } = await ask(sent.import?.links.rejects ?? "");
  return text
    .split("\r\n")
    .slice(1, -1)
    .map((line) => {
      const [number = "", offset = "", column = "", code = "", ...rest] = line.split(",");
      return { line: Number(number), byteOffset: Number(offset), column, code, reason: rest.join(",") };
    });
}

import type { Import, ImportKindName } from "@/lib/contract/imports";
import { RequestError } from "./fetch-json";

interface UploadOptions {
  readonly kind: ImportKindName;
  /** Whether the file is only judged, and nothing of it kept. */
  readonly dryRun: boolean;
  /** Whether one bad row is enough for nothing to be kept. */
  readonly abortOnReject: boolean;
  /** Of a file of hours: whether they apply from the beginning, and not from the newest check on. */
  readonly fromBeginning: boolean;
  readonly signal: AbortSignal;
  /** @param share 0 to 1 of the file's bytes   @param passedMs how long they took */
  readonly onProgress: (share: number, passedMs: number) => void;
}

/**
 * Sends a file to be imported, telling how much of it is there: `fetch` cannot.
 * @throws RequestError for a refusal, a network failure or an abort (code `aborted`)
 */
export async function uploadFile(
  file: File,
  { kind, dryRun, abortOnReject, fromBeginning, signal, onProgress }: UploadOptions,
): Promise<Import> {
  const search = new URLSearchParams({ dry_run: dryRun ? "1" : "0", on_error: abortOnReject ? "abort" : "keep" });
  if (fromBeginning && kind === "hours") search.set("valid_from", "beginning");
  const { status, body, requestId } = await new Promise<{ status: number; body: string; requestId: string | null }>(
    (resolve, reject) => {
      const request = new XMLHttpRequest();
      const startedAt = performance.now();
      request.open("POST", `/api/v1/imports/${kind}?${search.toString()}`);
      request.setRequestHeader("content-type", file.name.endsWith(".gz") ? "application/gzip" : "text/csv");
      request.setRequestHeader(
        "content-disposition",
        `attachment; filename*=utf-8''${encodeURIComponent(file.name).replaceAll("'", "%27")}`,
      );
      request.setRequestHeader("accept", "application/json");
      request.upload.addEventListener("progress", ({ loaded, total }) => {
        onProgress(total === 0 ? 0 : loaded / total, performance.now() - startedAt);
      });
      request.addEventListener("load", () => {
        resolve({
          status: request.status,
          body: request.responseText,
          requestId: request.getResponseHeader("x-request-id"),
        });
      });
      request.addEventListener("error", () => {
        reject(new RequestError("Can’t reach the server.", "unreachable", null, null));
      });
      request.addEventListener("abort", () => {
        reject(new RequestError("Upload cancelled.", "aborted", null, null));
      });
      const stop = () => {
        request.abort();
      };
      signal.addEventListener("abort", stop, { once: true });
      request.addEventListener("loadend", () => {
        signal.removeEventListener("abort", stop);
      });
      request.send(file);
    },
  );
  const [{ ImportSchema }, { ProblemSchema }] = await Promise.all([
    import("@/lib/contract/imports"),
    import("@/lib/contract/problem"),
  ]);
  const json = parseJson(body);
  const taken = ImportSchema.safeParse(json);
  if (status === 202 && taken.success) return taken.data;
  const problem = ProblemSchema.safeParse(json);
  if (!problem.success) {
    throw new RequestError(`The server returned an error (${String(status)}).`, "unreadable", status, requestId);
  }
  const { detail, title, code, request_id } = problem.data;
  throw new RequestError(detail === "" ? title : detail, code, status, request_id);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import type { Database } from "@/db/client";
import { readRejects } from "@/db/queries/import-rejects";
import type { Viewer } from "@/lib/server/access/viewer";
import type { Download } from "@/lib/server/wire/download";
import { requireImport } from "./get-import";
import { rejectLine, rejectsHeader } from "./rejects-csv";

const rowsPerRead = 1_000;

/**
 * The rejected rows of an import, as CSV; only the header without any. They never change after the import has ended, so
 * they have an ETag.
 * @throws AppError import_not_found
 */
export async function downloadRejects(database: Database, viewer: Viewer, given: number | null): Promise<Download> {
  const { id, finishedAt } = await requireImport(database, viewer, given);
  return {
    // The instant of its end distinguishes it from an import with the same id in another database.
    etag: finishedAt === null ? null : `"${id}-${finishedAt}-rejects"`,
    mediaType: "text/csv; charset=utf-8; header=present",
    fileName: `import-${id}-rejects.csv`,
    open: () => streamRejects(database, id),
  };
}

/** Reads a page of rows at a time, when the client has taken the one before. */
function streamRejects(database: Database, id: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let from = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const rows = await readRejects(database, id, from, rowsPerRead);
        const text = (from === 0 ? rejectsHeader : "") + rows.map(rejectLine).join("");
        if (text !== "") controller.enqueue(encoder.encode(text));
        from += rows.length;
        if (rows.length < rowsPerRead) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

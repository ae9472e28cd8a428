import type { Database } from "@/db/client";
import { readRejects } from "@/db/queries/import-rejects";
import type { Viewer } from "@/lib/server/access/viewer";
import { requireImport } from "./get-import";
import { rejectLine, rejectsHeader } from "./rejects-csv";

const rowsPerRead = 1_000;

/**
 * The rows of an import that were not taken, as CSV: the header alone where all were. A page of rows is read at a time,
 * when the client has taken the one before.
 * @throws AppError import_not_found
 */
export async function downloadRejects(database: Database, viewer: Viewer, given: number | null): Promise<Response> {
  const { id } = await requireImport(database, viewer, given);
  const encoder = new TextEncoder();
  let from = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const rows = await readRejects(database.sql, id, from, rowsPerRead);
        const text = (from === 0 ? rejectsHeader : "") + rows.map(rejectLine).join("");
        if (text !== "") controller.enqueue(encoder.encode(text));
        from += rows.length;
        if (rows.length < rowsPerRead) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="import-${id}-rejects.csv"`,
    },
  });
}

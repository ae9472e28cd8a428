import type { Database } from "@/db/client";
import { readRejects } from "@/db/queries/import-rejects";
import type { Viewer } from "@/lib/server/access/viewer";
import { matchesETag } from "@/lib/server/http/conditional";
import { requireImport } from "./get-import";
import { rejectLine, rejectsHeader } from "./rejects-csv";

const rowsPerRead = 1_000;

/**
 * The rows of an import that were not taken, as CSV: the header alone where all were. A page of rows is read at a time,
 * when the client has taken the one before. Once the import has ended they never change: 304 where the client has them.
 * @throws AppError import_not_found
 */
export async function downloadRejects(
  database: Database,
  viewer: Viewer,
  given: number | null,
  request: Request,
): Promise<Response> {
  const { id, finishedAt } = await requireImport(database, viewer, given);
  // The instant of its end sets it apart from an import of the same id in another database.
  const etag = finishedAt === null ? null : `"${id}-${finishedAt}-rejects"`;
  if (etag !== null && matchesETag(request.headers.get("if-none-match"), etag)) {
    return new Response(null, { status: 304, headers: { etag } });
  }
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
      ...(etag === null ? {} : { etag }),
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="import-${id}-rejects.csv"`,
    },
  });
}

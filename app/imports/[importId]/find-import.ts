import { notFound } from "next/navigation";
import { cache } from "react";
import { parseReportId } from "@/lib/client/page-params";
import type { Import } from "@/lib/contract/imports";
import { getDatabase } from "@/lib/server/database";
import { AppError } from "@/lib/server/errors";
import { pageViewer } from "@/lib/server/http/page-viewer";
import { getImport } from "@/lib/server/imports/get-import";

/** The import of the address, read once a request; where there is none, the page is a 404. */
export const findImport = cache(async (id: string): Promise<Import> => {
  const viewer = await pageViewer();
  const importId = parseReportId(id);
  if (importId === null) notFound();
  try {
    return await getImport(getDatabase(), viewer, importId);
  } catch (error) {
    if (error instanceof AppError && error.code === "import_not_found") notFound();
    throw error;
  }
});

import { and, asc, eq, gte } from "drizzle-orm";
import type { Db } from "@/db/client";
import { importRejects } from "@/db/schema/import-rejects";

/** A rejected row of a file. */
export interface RejectRow {
  readonly line: number;
  readonly byteOffset: number;
  readonly column: string;
  readonly code: string;
  readonly reason: string;
  readonly raw: string;
}

/** At most `limit` rejects of an import, starting with number `from`, counted from 0. */
export function readRejects(db: Db, importId: number, from: number, limit: number): Promise<RejectRow[]> {
  const { line, byteOffset, columnName, code, reason, raw, seq } = importRejects;
  return db
    .select({ line, byteOffset, column: columnName, code, reason, raw })
    .from(importRejects)
    .where(and(eq(importRejects.importId, importId), gte(seq, from)))
    .orderBy(asc(seq))
    .limit(limit);
}

import type { Db } from "@/db/client";

/**
 * Locks a row against deletion until the transaction ends; a person's also against changes. Sent before any statement
 * of the builder that is started after it, so that both take one round trip.
 */
export async function shareRow(
  { sql }: Db,
  table: "people" | "sessions" | "api_keys",
  id: number | string | null,
): Promise<void> {
  switch (table) {
    case "people":
      await sql`select from people where id = ${id}::bigint for share`;
      break;
    case "sessions":
      await sql`select from sessions where id = ${id} for key share`;
      break;
    case "api_keys":
      await sql`select from api_keys where id = ${id} for key share`;
  }
}

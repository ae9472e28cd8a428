import { once } from "node:events";
import type { Db } from "@/db/client";
import { openCopyIn } from "@/db/copy-streams/copy-in";
import { untilCopyEnds } from "@/db/copy-streams/copy-reader";
import type { DataTable, Partition } from "./pg-catalog";

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const listOf = ({ columns }: DataTable): string => columns.map(quoted).join(", ");

/** The statement that loads the rows again, as an archive contains it. */
export function copyStatement(table: DataTable): string {
  return `COPY public.${quoted(table.name)} (${listOf(table)}) FROM stdin;`;
}

/**
 * Passes the rows of a table to `take` in the text format of COPY, in chunks of whole rows or less; waits for `take`.
 * @throws what `take` throws, once the rest was read from the connection
 */
export async function copyRowsOut(
  { sql }: Db,
  table: DataTable,
  take: (chunk: Buffer) => Promise<void>,
): Promise<void> {
  const output = await sql
    .unsafe(`copy (select ${listOf(table)} from public.${quoted(table.name)}) to stdout`)
    .readable();
  let failure: { readonly error: unknown } | null = null;
  let taking = Promise.resolve();
  await untilCopyEnds(output, (chunk) => {
    output.pause();
    taking = taking
      .then(() => (failure === null ? take(chunk) : undefined))
      .catch((error: unknown) => {
        failure = { error };
      })
      .finally(() => output.resume());
  });
  await taking;
  rethrow(failure);
}

function rethrow(failure: { readonly error: unknown } | null): void {
  if (failure !== null) throw failure.error;
}

/** Loads rows written by `copyRowsOut`. */
export async function copyRowsIn({ sql }: Db, table: DataTable, rows: AsyncIterable<Buffer>): Promise<void> {
  const { input, done } = await openCopyIn(sql, copyStatement(table).slice(0, -1));
  done.catch(() => undefined);
  try {
    for await (const chunk of rows) {
      if (!input.write(chunk)) await Promise.race([once(input, "drain"), done]);
    }
  } catch (error) {
    // Ends the COPY on the server, so that the transaction can be ended in order.
    input.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
  input.end();
  await done;
}

const bounds = /^(DEFAULT|FOR VALUES (FROM \('[^'\\]+'\) TO \('[^'\\]+'\)|WITH \(modulus \d+, remainder \d+\)))$/;

/** Creates the missing partitions. @throws {Error} for an invalid bound */
export async function createPartitions({ sql }: Db, partitions: readonly Partition[]): Promise<void> {
  for (const { parent, name, bound } of partitions) {
    if (!bounds.test(bound)) throw new Error(`That is no bound of a partition: ${bound.slice(0, 100)}`);
    const [there] = await sql`select to_regclass(format('public.%I', ${name}::text)) is not null as there`;
    if (there?.["there"] === true) continue;
    await sql.unsafe(`create table public.${quoted(name)} partition of public.${quoted(parent)} ${bound}`);
  }
}

export async function emptyTables({ sql }: Db, names: readonly string[]): Promise<void> {
  for (const name of names) await sql.unsafe(`delete from public.${quoted(name)}`);
}

import type { Writable } from "node:stream";
import type { Db, Sql } from "@/db/client";
import { openCopyIn, type CopyIn } from "@/db/copy-streams/copy-in";
import { as, readRows } from "@/db/rows";
import { copyHeader, copyTrailer, TextTuples, type TupleBatch } from "./import-tuples";

/** A binary COPY into one of the temporary tables, started with its first bytes. */
export class StageCopy {
  readonly #sql: Sql;
  readonly #table: keyof typeof stageTables;
  #copy: CopyIn | null = null;
  #written: Promise<void> = Promise.resolve();

  constructor({ sql }: Db, table: keyof typeof stageTables) {
    this.#sql = sql;
    this.#table = table;
  }

  /** Sends tuples. Resolves when the previous ones are being sent, so that at most two batches are in memory. */
  async write(tuples: TupleBatch): Promise<void> {
    const { input } = this.#copy ?? (await this.#begin());
    await this.#written;
    this.#written = sent(input, tuples.bytes);
    // The next caller that waits handles the rejection; until then it must not count as unhandled.
    this.#written.catch(() => undefined);
  }

  /**
   * Makes the rows visible to this session. @throws the error with which the server rejected them: COPY accepts all of
   * them or none
   */
  async finish(): Promise<void> {
    const { input, done } = this.#copy ?? (await this.#begin());
    await this.#written;
    await sent(input, copyTrailer);
    this.#copy = null;
    input.end();
    await done;
    // Analysing millions of polls takes long, and the planner needs only the table's size.
    if (this.#table !== "import_polls") await this.#sql`analyze ${this.#sql(this.#table)}`;
  }

  /** Aborts the COPY and drops what was sent. The transaction has then failed and can only be rolled back. */
  async abort(): Promise<void> {
    const input = this.#copy?.input;
    this.#copy = null;
    // It closes by itself when the connection is lost.
    if (input === undefined || input.closed) return;
    await new Promise<void>((resolve) => {
      input.once("close", resolve);
      input.destroy(new Error("the import was given up"));
    });
  }

  async #begin(): Promise<CopyIn> {
    const { columns, pick } = stageTables[this.#table];
    await this.#sql.unsafe(`create temp table ${this.#table} (${columns}) on commit drop`);
    const statement = `copy ${this.#table} (${pick.join(", ")}) from stdin with (format binary)`;
    const copy = await openCopyIn(this.#sql, statement);
    // `finish` and `sent` throw the error; until then it must not count as unhandled.
    copy.done.catch(() => undefined);
    this.#copy = copy;
    await sent(copy.input, copyHeader);
    return copy;
  }
}

/** `number` is a store's number in the file; `import_stores` maps it to the store. */
const stageTables = {
  import_stores: {
    columns: `number int4 not null, store_id text collate "C" not null, store_key int4`,
    pick: ["number", "store_id"],
  },
  import_polls: {
    columns: "number int4 not null, at timestamptz(3) not null, active boolean not null",
    pick: ["number", "at", "active"],
  },
  import_hours: {
    columns: "number int4 not null, day int4 not null, start_second int4 not null, end_second int4 not null",
    pick: ["number", "day", "start_second", "end_second"],
  },
  import_details: {
    columns: `number int4 not null, store_id text collate "C" not null, name text, brand text, group_name text, address text, url text,
      time_zone text, tags text, lifecycle text`,
    pick: [
      ...(["number", "store_id", "name", "brand", "group_name", "address", "url"] as const),
      ...(["time_zone", "tags", "lifecycle"] as const),
    ],
  },
  import_exceptions: {
    columns: "number int4 not null, local_date date not null, start_second int4 not null, end_second int4 not null",
    pick: ["number", "local_date", "start_second", "end_second"],
  },
  import_zones: {
    columns: `number int4 not null, store_id text collate "C" not null, time_zone text`,
    pick: ["number", "store_id", "time_zone"],
  },
} as const;

function sent(stream: Writable, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) => {
      // The cause of the stream's end is more informative than its end.
      if (error) reject(stream.errored ?? error);
      else resolve();
    });
  });
}

/** Stages one row per number from 0 to `count - 1`, except for those in `without`. */
async function stageTexts(
  copy: StageCopy,
  count: number,
  textsOf: (number: number) => readonly (string | null)[],
  without: ReadonlySet<number> = new Set(),
): Promise<void> {
  const tuples = new TextTuples();
  for (let number = 0; number < count; number++) {
    if (!without.has(number)) tuples.add(number, ...textsOf(number));
    const batch = number % 4_096 === 4_095 ? tuples.take() : null;
    if (batch !== null) await copy.write(batch);
  }
  const rest = tuples.take();
  if (rest !== null) await copy.write(rest);
  await copy.finish();
}

/** The store ids of a file, numbered from 0. */
export interface NumberedIds {
  readonly size: number;
  at(number: number): string;
}

/** Stages the store of each number of the file, except for those in `without`: their rows do not count. */
export async function stageStores(db: Db, ids: NumberedIds, without?: ReadonlySet<number>): Promise<void> {
  await stageTexts(new StageCopy(db, "import_stores"), ids.size, (number) => [ids.at(number)], without);
}

/** Stages a zone per store; null: it has none. */
export async function stageZones(db: Db, ids: NumberedIds, zones: readonly (string | null)[]): Promise<void> {
  await stageTexts(new StageCopy(db, "import_zones"), zones.length, (number) => [
    ids.at(number),
    zones[number] ?? null,
  ]);
}

/** Stages the details of each store, in the order of `storeDetails`. */
export async function stageDetails(
  db: Db,
  ids: NumberedIds,
  details: readonly (readonly (string | null)[])[],
): Promise<void> {
  await stageTexts(new StageCopy(db, "import_details"), ids.size, (number) => [
    ids.at(number),
    ...(details[number] ?? []),
  ]);
}

/**
 * Gives staged rows of earlier ids the ids that those stores have now. Where the file has both, the row of the earlier id
 * is left out.
 */
export async function usePresentIds({ sql }: Db, table: "import_details" | "import_zones"): Promise<void> {
  const staged = sql(table);
  await sql`
    delete from ${staged} d using stores earlier, stores present
    where earlier.store_id = d.store_id and present.store_key = earlier.merged_into
      and exists (select 1 from ${staged} o where o.store_id = present.store_id)`;
  await sql`
    update ${staged} d set store_id = present.store_id from stores earlier, stores present
    where earlier.store_id = d.store_id and present.store_key = earlier.merged_into`;
}

/** Inserts the staged stores that are unknown, and records each one's key: that of the present store for an earlier id. Call it in the transaction that merges. */
export async function mergeStagedStores({ sql }: Db): Promise<{ readonly added: number }> {
  // In order of id, so that imports which insert the same stores wait for each other without a deadlock.
  const added = await sql`
    insert into stores (store_id)
    select s.store_id from import_stores s
    where not exists (select from stores t where t.store_id = s.store_id)
    order by s.store_id
    on conflict (store_id) do nothing`;
  await sql`
    update import_stores s set store_key = coalesce(t.merged_into, t.store_key) from stores t where t.store_id = s.store_id`;
  // Until now every key was null: a plan based on that would join row by row.
  await sql`analyze import_stores`;
  return { added: added.count };
}

/**
 * Where a file has a store under several ids, `o` is what counts rather than the earlier id `i`, whose row of `stores` is
 * `e`: the present id, otherwise the id that comes first in the file.
 */
const otherIdCounts = `o.store_key = i.store_key and o.number <> i.number
  and e.store_id = i.store_id and e.merged_into is not null
  and (o.number < i.number or not exists (
    select from stores oe where oe.store_id = o.store_id and oe.merged_into is not null))`;

/**
 * Leaves one id of each store in the stage, because what it replaces must be replaced once, and no store with a rejected
 * row. Call it after `mergeStagedStores`.
 * @param rejected ids with a rejected row, under which a store may have no good row
 * @returns the number of intervals of what was taken out
 */
export async function useOneIdPerStore({ sql }: Db, rejected: readonly string[]): Promise<number> {
  const kept = await readRows(
    sql`
    delete from import_stores i using stores r
    where r.store_id = any(${[...rejected]}::text[]) and i.store_key = coalesce(r.merged_into, r.store_key)
    returning i.number`,
    { number: as.number },
  );
  const others = await readRows(
    sql`
    delete from import_stores i using import_stores o, stores e where ${sql.unsafe(otherIdCounts)} returning i.number`,
    { number: as.number },
  );
  const numbers = [...kept, ...others].map(({ number }) => number);
  if (numbers.length === 0) return 0;
  return (await sql`delete from import_hours where number = any(${numbers}::int[])`).count;
}

/** Dates of stores, in parallel lists. */
export interface DatesOfStores {
  readonly storeIds: readonly string[];
  /** `YYYY-MM-DD` */
  readonly dates: readonly string[];
}

/**
 * Leaves the rows of one id for each date of a store in the stage, and none for a date with a rejected row. Call it after
 * `mergeStagedStores`.
 * @returns the number of intervals that were taken out
 */
export async function useOneIdPerDate({ sql }: Db, { storeIds, dates }: DatesOfStores): Promise<number> {
  const kept = await sql`
    delete from import_exceptions s
    using import_stores i, stores r, unnest(${[...storeIds]}::text[], ${[...dates]}::date[]) as d (store_id, local_date)
    where s.number = i.number and s.local_date = d.local_date
      and r.store_id = d.store_id and i.store_key = coalesce(r.merged_into, r.store_key)`;
  const others = await sql.unsafe(`
    delete from import_exceptions s using import_stores i, import_stores o, stores e
    where s.number = i.number and ${otherIdCounts}
      and exists (select from import_exceptions d where d.number = o.number and d.local_date = s.local_date)`);
  return kept.count + others.count;
}

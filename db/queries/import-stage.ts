import type { Writable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Sql } from "@/db/client";
import { copyHeader, copyTrailer, TextTuples, type TupleBatch } from "./import-tuples";

/** A binary COPY into one of the temporary tables, begun with its first bytes. */
export class StageCopy {
  readonly #sql: Sql;
  readonly #table: keyof typeof stageTables;
  #stream: Writable | null = null;
  #written: Promise<void> = Promise.resolve();
  #rows = 0;

  constructor(sql: Sql, table: keyof typeof stageTables) {
    this.#sql = sql;
    this.#table = table;
  }

  /** Sends tuples. Resolves when the ones before are on their way, so that at most two batches are held. */
  async write(tuples: TupleBatch): Promise<void> {
    const stream = this.#stream ?? (await this.#begin());
    await this.#written;
    this.#rows += tuples.count;
    this.#written = sent(stream, tuples.bytes);
    // The rejection is for whoever waits next; until then it is not unhandled.
    this.#written.catch(() => undefined);
  }

  /** Makes the rows visible to this session. */
  async finish(): Promise<void> {
    const stream = this.#stream ?? (await this.#begin());
    await this.#written;
    await sent(stream, copyTrailer);
    stream.end();
    await nextTurn();
    this.#stream = null;
    // The driver says nothing where the server refuses the last of a COPY. A loss of rows must not pass for duplicates.
    const table = this.#sql(this.#table);
    const [row] = await this.#sql<{ count: string }[]>`select count(*) from ${table}`;
    if (Number(row?.count) !== this.#rows) {
      throw new Error(`The database took ${row?.count ?? "none"} of ${this.#rows.toString()} rows for ${this.#table}.`);
    }
    // The polls alone are so many that looking at them costs, and the planner knows all it needs by the table's size.
    if (this.#table !== "import_polls") await this.#sql`analyze ${table}`;
  }

  /** Takes back what was sent. The session can be used again. */
  async abort(): Promise<void> {
    const stream = this.#stream;
    if (stream === null) return;
    this.#stream = null;
    // It closes by itself where the connection is lost.
    if (stream.closed) return;
    await new Promise<void>((resolve) => {
      stream.once("close", resolve);
      stream.destroy(new Error("the import was given up"));
    });
  }

  async #begin(): Promise<Writable> {
    const { columns, pick } = stageTables[this.#table];
    const table = this.#sql(this.#table);
    await this.#sql.unsafe(`create temp table ${this.#table} (${columns})`);
    const stream = await this.#sql`copy ${table} (${this.#sql(pick)}) from stdin with (format binary)`.writable();
    stream.on("error", () => undefined); // `sent` says it
    this.#stream = stream;
    await sent(stream, copyHeader);
    return stream;
  }
}

/** `number` is a store's number in the file; `import_stores` says which store that is. */
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
    columns: `number int4 not null, store_id text collate "C" not null, name text, brand text, group_name text, address text, url text`,
    pick: ["number", "store_id", "name", "brand", "group_name", "address", "url"],
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
      // What ended the stream says more than that it has ended.
      if (error) reject(stream.errored ?? error);
      else resolve();
    });
  });
}

/** Stages one row a number from 0 to `count - 1`. */
async function stageTexts(
  copy: StageCopy,
  count: number,
  textsOf: (number: number) => readonly (string | null)[],
): Promise<void> {
  const tuples = new TextTuples();
  for (let number = 0; number < count; number++) {
    tuples.add(number, ...textsOf(number));
    const batch = number % 4_096 === 4_095 ? tuples.take() : null;
    if (batch !== null) await copy.write(batch);
  }
  const rest = tuples.take();
  if (rest !== null) await copy.write(rest);
  await copy.finish();
}

/** Stages which store each number of the file is. */
export async function stageStores(sql: Sql, count: number, idOf: (number: number) => string): Promise<void> {
  await stageTexts(new StageCopy(sql, "import_stores"), count, (number) => [idOf(number)]);
}

/** Stages a zone a store; null says that it has none. */
export async function stageZones(
  sql: Sql,
  zones: readonly (string | null)[],
  idOf: (number: number) => string,
): Promise<void> {
  await stageTexts(new StageCopy(sql, "import_zones"), zones.length, (number) => [idOf(number), zones[number] ?? null]);
}

/** Stages what is said of each store, in the order of `storeDetails`. */
export async function stageDetails(
  sql: Sql,
  count: number,
  idOf: (number: number) => string,
  detailsOf: (number: number) => readonly (string | null)[],
): Promise<void> {
  const copy = new StageCopy(sql, "import_details");
  await stageTexts(copy, count, (number) => [idOf(number), ...detailsOf(number)]);
}

/** Makes the staged stores known, and notes each one's key. To be called in the transaction that merges. */
export async function mergeStagedStores(sql: Sql): Promise<{ readonly added: number }> {
  // In order of id, so that imports which make the same stores wait for each other and never in a ring.
  const added = await sql`
    insert into stores (store_id)
    select s.store_id from import_stores s
    where not exists (select from stores t where t.store_id = s.store_id)
    order by s.store_id
    on conflict (store_id) do nothing`;
  await sql`update import_stores s set store_key = t.store_key from stores t where t.store_id = s.store_id`;
  // Until now every key was null: a plan made from that would join row by row.
  await sql`analyze import_stores`;
  return { added: added.count };
}

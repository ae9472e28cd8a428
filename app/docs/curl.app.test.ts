import { beforeAll, describe, expect, it } from "vitest";
import { filesBy } from "@/e2e/http/bad-input/test-support/files";
import { json, outcome, type Answer } from "@/e2e/http/bad-input/test-support/http";
import { ownApp } from "@/e2e/http/bad-input/test-support/own-app";
import { until } from "@/db/testing/holders";
import type { Replica } from "@/e2e/faults/harness/replicas";
import type { Operation } from "@/lib/contract/operation";
import { operations } from "@/lib/contract/operations";

const { app, ask } = ownApp({ SNAPSHOT_INTERVAL_SECONDS: "0", SECURITY_CONTACT: "mailto:security@example.com" });
const { send, importEnd } = filesBy(ask);
let worker: Replica;
let page = "";

const entities: Readonly<Record<string, string>> = {
  "&#x27;": "'",
  "&quot;": '"',
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
};

/** The line that the page shows for an operation, as a reader copies it. */
function lineOf({ id }: Operation): string {
  const [, html = ""] = new RegExp(`aria-label="curl for ${id}"[^>]*>\\s*<pre[^>]*>([^<]*)</pre>`).exec(page) ?? [];
  return html.replace(/&(#x27|quot|lt|gt|amp);/g, (entity) => entities[entity] ?? entity);
}

/** The words of a line as a POSIX shell reads it, where nothing but single quotes and backslashes quotes. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|\\[\s\S]|[^\s'\\])+/g)].map(([word]) =>
    word.replace(
      /'([^']*)'|\\([\s\S])/g,
      (_, quoted: string | undefined, escaped: string | undefined) => quoted ?? escaped ?? "",
    ),
  );
}

/** Does what curl does with the line. @throws where it says something that is not known here */
async function run(line: string): Promise<Answer> {
  const [program, ...words] = wordsOf(line);
  expect(program).toBe("curl");
  const headers = new Headers();
  const asked: { method?: string; body?: string; address?: string } = {};
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    const value = (): string => words[++i] ?? "";
    if (word === "-X") asked.method = value();
    else if (word === "--data-binary") asked.body = value();
    else if (word === "-H") headers.append(...(value().split(": ", 2) as [string, string]));
    else if (word.startsWith("-") || asked.address !== undefined) throw new Error(`What is ${word} in ${line}?`);
    else asked.address = word;
  }
  const { method = "GET", body = null, address = "" } = asked;
  expect(address.startsWith(`${app().web.origin}/`), line).toBe(true);
  return ask(address.slice(app().web.origin.length), { method, headers, body });
}

const csv = "store_id,status,timestamp_utc\nother,active,2023-01-24 10:00:00 UTC\n";

/** Gives the next report, or import, the id that the examples name; those from it on are gone. */
async function restart(table: "reports" | "imports", id: number): Promise<void> {
  const { sql } = app().database;
  await sql`delete from ${sql(table)} where id >= ${id}`;
  await sql`select setval(pg_get_serial_sequence(${table}, 'id'), ${id - 1})`;
}

beforeAll(async () => {
  const slugs = new Set(operations.map(({ tag }) => tag.toLowerCase()));
  for (const slug of slugs) page += (await ask(`/docs/${slug}`, { headers: { accept: "text/html" } })).text;
  worker = await app().startWorker();
  const store = "8419537941919820732";
  // Two more are merged into it: one by the example, one here, for the example that undoes the first merge.
  const ids = [store, "8419537941919820", "merged"];
  const polls = ids.map((store_id) => ({ store_id, at: "2023-01-24T10:00:00Z", status: "active" }));
  expect(outcome(await ask("/api/v1/polls", json({ polls })))).toBe("200");
  expect(outcome(await ask(`/api/v1/stores/${store}/merge`, json({ source_id: "merged" })))).toBe("200");
  await restart("reports", 74);
  await restart("imports", 12);
  const report = await ask("/api/v1/reports", json({ scope: "fleet" }));
  expect(report.headers.get("location")).toBe("/api/v1/reports/74");
  await until(async () => (await ask("/api/v1/reports/74")).text.includes('"state":"complete"'));
  expect((await send("polls", csv)).import).toMatchObject({ id: 12, state: "complete" });
  await until(async () => (await ask("/api/v1/stores.csv")).status === 200);
});

/** What needs another order than that of the page: what goes away is asked for before. */
const late = [
  ...["changeWebhook", "deleteWebhook", "undoImport"],
  // The calendar that is created has the same name, and is the first.
  "previewCalendar",
  ...["mergeStore", "undoStoreMerge", "deleteStore", "restoreStore", "putStoreId"],
];
/** What can be cancelled is what no worker takes. */
const cancelling = ["cancelReport", "retryReport", "deleteImport", "cancelImport"];
/** What is about people: here everybody may come in, and nobody is anybody. How these answer is tested with the access. */
const ofPeople = new Set(operations.filter(({ tag }) => tag === "Access").map(({ id }) => id));

const rank = ({ id }: Operation): number => (cancelling.includes(id) ? 2 : late.includes(id) ? 1 : 0);
const order = (ids: readonly string[]) => (a: Operation, b: Operation) => ids.indexOf(a.id) - ids.indexOf(b.id);
const ofRank = (wanted: number) => operations.filter((one) => !ofPeople.has(one.id) && rank(one) === wanted);

async function expectExample(operation: Operation): Promise<void> {
  const line = lineOf(operation);
  expect(line).toMatch(/^curl /);
  // Held against the description by `ask`: status, media type, schema.
  const answer = await run(line);
  const [success] = operation.responses.map(({ status }) => status);
  expect([answer.status, answer.text.slice(0, 300)]).toEqual([success, answer.text.slice(0, 300)]);
}

describe("the curl command of the docs page, as copied,", () => {
  it.each(ofRank(0).map((one) => [one.id, one] as const))("does what it says: %s", async (_, operation) => {
    await expectExample(operation);
  });

  it.each(
    ofRank(1)
      .toSorted(order(late))
      .map((one) => [one.id, one] as const),
  )("then: %s", async (_, operation) => {
    await expectExample(operation);
  });

  describe("without a worker for the queue,", () => {
    beforeAll(async () => {
      await importEnd("/api/v1/imports/12");
      await worker.kill();
      await restart("reports", 74);
      await restart("imports", 12);
      expect((await ask("/api/v1/reports", json({ scope: "fleet", as_of: "2023-01-01T00:00:00Z" }))).status).toBe(202);
      const init = { method: "POST", headers: { "content-type": "text/csv" }, body: csv };
      expect((await ask("/api/v1/imports/polls", init)).headers.get("location")).toBe("/api/v1/imports/12");
    });

    it.each(
      ofRank(2)
        .toSorted(order(cancelling))
        .map((one) => [one.id, one] as const),
    )("%s", async (_, operation) => {
      await expectExample(operation);
    });
  });

  /** Nobody is signed in here, so that nobody's own is shown and changed; that is a question that may be asked. */
  const whereNobodySignsIn: Readonly<Record<string, string>> = { getSession: "200", signOut: "204" };

  it.each(operations.filter(({ id }) => ofPeople.has(id)).map((one) => [one.id, one] as const))(
    "gets this response without sign-in: %s",
    async (id, operation) => {
      const line = lineOf(operation);
      expect(line).toMatch(/^curl /);
      const refused = operation.access.scope === "anyone" ? "404 not_found" : "403 insufficient_scope";
      expect(outcome(await run(line))).toBe(whereNobodySignsIn[id] ?? refused);
    },
  );
});

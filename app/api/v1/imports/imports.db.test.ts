import { describe, expect, it } from "vitest";
import { dropLeftChunks } from "@/db/queries/bulk/import-bytes";
import { claimImport, failLostImports } from "@/db/queries/import-queue";
import { insertWebhook } from "@/db/queries/webhooks";
import { ImportListSchema } from "@/lib/contract/imports";
import { ProblemSchema } from "@/lib/contract/problem";
import { expectDocumented } from "@/lib/contract/test-support/expect-documented";
import { WebhookMessageSchema } from "@/lib/contract/webhooks";
import { header, sixty, importsApi } from "./test-support/imports-api";

const { database, routes, sent, workOn, work, call, get, ended, count } = importsApi();

describe("an import", () => {
  it("stores good rows and lists the others, safe for a spreadsheet", async () => {
    const bad = "=cmd|' /C calc'!A0,active,2023-01-24 10:00:00 UTC\n\"b,c\",up,2023-01-24 10:00:00 UTC\n";
    const done = await ended("polls", sixty + bad);
    expect(done).toMatchObject({ state: "complete_with_rejects", counts: { rows: 62, accepted: 60, rejected: 2 } });
    const response = await call("rejects", "GET", done.id);
    expect(response.headers.get("content-disposition")).toBe(`attachment; filename="import-${done.id}-rejects.csv"`);
    const lines = (await response.text()).split("\r\n");
    expect(lines[0]).toBe("line,byte_offset,column,code,reason,raw");
    expect(lines[1]).toMatch(/^62,\d+,store_id,bad_store_id,.*,"?'=cmd/);
    expect(lines[2]).toMatch(/^63,\d+,store_id,bad_store_id,/);
    expect(lines[3]).toBe("");
  });

  it("lists a row with a NUL, which database text cannot hold", async () => {
    // A NUL near the start of a file means that the file is not text.
    const rows = Array.from({ length: 3 }, (_, i) => sixty.slice(header.length).replaceAll("a,", `a${i},`)).join("");
    const done = await ended("polls", `${header}${rows}a\0b,active,2023-01-24 10:00:00 UTC\n`);
    expect(done).toMatchObject({ state: "complete_with_rejects", counts: { accepted: 180, rejected: 1 } });
    expect(await (await call("rejects", "GET", done.id)).text()).toContain("nul_byte");
  });

  it("with on_error=abort stores nothing when a row is rejected", async () => {
    const text = `${sixty}a,up,2023-01-24 10:00:00 UTC\n`;
    const done = await ended("polls", text, { "content-type": "text/csv" }, "?on_error=abort");
    expect(done).toMatchObject({
      state: "failed",
      on_error: "abort",
      error: { code: "rows_rejected" },
      counts: { rows: 61, accepted: 0, rejected: 1, discarded: 60 },
    });
    expect(await (await call("rejects", "GET", done.id)).text()).toContain("62,");
    expect(await count("polls")).toBe(0);
  });

  it("with dry_run=1 validates the file and leaves every table unchanged", async () => {
    const before = await database().sql`select * from fleet_state`;
    const text = `${sixty}a,up,2023-01-24 10:00:00 UTC\n`;
    const done = await ended("polls", text, { "content-type": "text/csv" }, "?dry_run=1");
    expect(done).toMatchObject({
      state: "complete_with_rejects",
      dry_run: true,
      can_undo: false,
      counts: { rows: 61, accepted: 0, rejected: 1, discarded: 60 },
    });
    for (const table of ["polls", "stores", "import_poll_changes", "poll_conflicts"])
      expect(await count(table)).toBe(0);
    expect(await database().sql`select * from fleet_state`).toEqual(before);
    expect((await call("undo", "POST", done.id)).status).toBe(409);
  });

  it("A32 and F36: of the same file twice at once stores each row once", async () => {
    const [first, second] = await Promise.all([sent("polls", sixty), sent("polls", sixty)]);
    await Promise.all([work(), work()]);
    const counts = [await get(first.id), await get(second.id)].map((one) => one.counts);
    expect(counts.map((one) => one?.accepted).sort()).toEqual([0, 60]);
    expect(counts.map((one) => one?.duplicate).sort()).toEqual([0, 60]);
    expect(await count("polls")).toBe(60);
  });

  it("notifies webhooks when it ends, either way", async () => {
    const { sql } = database();
    await insertWebhook(database(), { url: "https://a.example/", events: ["import.completed"], secret: "" });
    const good = await ended("polls", sixty);
    const bad = await ended("polls", "store_id,name\na,b\n");
    const rows = await sql<{ payload: string }[]>`select payload from webhook_deliveries order by id`;
    const told = rows.map(({ payload }) => WebhookMessageSchema.parse(JSON.parse(payload)));
    expect(told).toMatchObject([
      { type: "import.completed", data: { import_id: good.id, state: "complete", counts: { accepted: 60 } } },
      { type: "import.completed", data: { import_id: bad.id, state: "failed", error: { code: "wrong_file_kind" } } },
    ]);
    await sql`truncate webhooks, webhook_deliveries cascade`;
  });

  it("can be cancelled until it ends, and then stores nothing", async () => {
    const { id } = await sent("polls", sixty);
    const cancelled = await call("one", "DELETE", id);
    expect(await cancelled.json()).toMatchObject({ state: "cancelled" });
    expect((await call("cancel", "POST", id)).status).toBe(200);
    await work();
    expect(await get(id)).toMatchObject({ state: "cancelled", counts: null });
    expect(await count("polls")).toBe(0);
    expect(await count("import_chunks")).toBe(0);
    const done = await ended("polls", sixty);
    expect(ProblemSchema.parse(await (await call("cancel", "POST", done.id)).json()).code).toBe("import_ended");
  });

  it("that was cancelled while a worker had it is rolled back", async () => {
    const { id } = await sent("polls", sixty);
    const claim = await claimImport(database(), "test", 30);
    if (claim === null) throw new Error("There is nothing to work on.");
    const chunks = await database().sql`select * from import_chunks`;
    await call("cancel", "POST", id);
    // The worker had read them by then.
    for (const { bytes } of chunks) {
      await database().sql`insert into import_chunks (import_id, seq, bytes) values (${id}, 0, ${bytes as Buffer})`;
    }
    await workOn(claim);
    expect(await get(id)).toMatchObject({ state: "cancelled", counts: null });
    expect(await count("polls")).toBe(0);
    expect(await count("import_rejects")).toBe(0);
    expect(await dropLeftChunks(database())).toBe(1);
  });

  it("F42: whose upload was abandoned is ended", async () => {
    await database().sql`
      insert into imports (kind, state, dry_run, abort_on_reject, lease_until)
      values ('polls', 'receiving', false, false, now() - interval '1 second')`;
    await database().sql`insert into import_chunks (import_id, seq, bytes) values (1, 0, 'a')`;
    const { id } = await sent("polls", sixty);
    expect(await failLostImports(database())).toMatchObject([{ error: { code: "incomplete_upload" } }]);
    expect(await dropLeftChunks(database())).toBe(1);
    expect(await get(1)).toMatchObject({ state: "failed", error: { code: "incomplete_upload" } });
    expect(await get(id)).toMatchObject({ state: "queued" });
    expect(await count("import_chunks")).toBe(1);
  });

  it("is found, listed newest first, and 404 otherwise", async () => {
    for (let i = 0; i < 3; i++) await sent("polls", sixty);
    const page = async (search: string) => {
      const request = new Request(`http://localhost/api/v1/imports${search}`);
      const response = await routes().list.GET(request, { params: Promise.resolve({}) });
      await expectDocumented(request, response);
      return response;
    };
    const first = ImportListSchema.parse(await (await page("?limit=2")).json());
    expect(first.imports.map(({ id }) => id)).toEqual([3, 2]);
    const second = ImportListSchema.parse(await (await page(`?limit=2&cursor=${first.next_cursor ?? ""}`)).json());
    expect(second.imports.map(({ id }) => id)).toEqual([1]);
    expect(second.next_cursor).toBeNull();
    expect((await page("?cursor=x")).status).toBe(400);
    expect((await call("one", "GET", 99)).status).toBe(404);
    expect((await call("one", "GET", "9".repeat(18))).status).toBe(404);
    expect((await call("one", "GET", "x")).status).toBe(400);
  });
});

import { request } from "node:http";
import { text as textOf } from "node:stream/consumers";
import { beforeAll, describe, expect, it } from "vitest";
import { until } from "@/db/testing/holders";
import { ImportListSchema, ImportSchema, type Import } from "@/lib/contract/imports";
import { StoreTimelineSchema } from "@/lib/contract/store-history";
import { filesBy, type SentFile } from "./test-support/files";
import { bodyOf, outcome, problemOf } from "./test-support/http";
import { ownApp } from "./test-support/own-app";

const { app, ask } = ownApp({ LEASE_SECONDS: "5", HEARTBEAT_SECONDS: "0.2", SWEEP_SECONDS: "0.5" });
const { send, fate, rejectsOf, importEnd } = filesBy(ask);

const header = "store_id,status,timestamp_utc\n";
const poll = (store: string, minute: number, status = "active"): string =>
  `${store},${status},2023-01-24 09:${String(minute).padStart(2, "0")}:00 UTC\n`;
const polls = (store: string, count = 60): string =>
  Array.from({ length: count }, (_, minute) => poll(store, minute)).join("");

const csv = (body: string) => ({ method: "POST", headers: { "content-type": "text/csv" }, body });
const queued = async (body: string): Promise<Import> =>
  bodyOf(await ask("/api/v1/imports/polls", csv(body)), ImportSchema);
const get = async ({ links }: Import): Promise<Import> => bodyOf(await ask(links.self), ImportSchema);
const knows = async (store: string): Promise<boolean> => (await ask(`/api/v1/stores/${store}`)).status === 200;

/** `09:01 active` of every poll of a store. */
async function pollsOf(store: string): Promise<readonly string[]> {
  const range = "from=2023-01-24T00:00:00Z&to=2023-01-25T00:00:00Z&as_of=2023-01-26T00:00:00Z";
  const found = bodyOf(await ask(`/api/v1/stores/${store}/timeline?${range}`), StoreTimelineSchema);
  return found.polls.map(({ at, status }) => `${at.slice(11, 16)} ${status}`);
}

describe("an import that is queued", () => {
  it("is cancelled by DELETE or POST, any number of times, and keeps nothing", async () => {
    for (const [method, path] of [
      ["DELETE", ""],
      ["POST", "/cancel"],
    ] as const) {
      const { links, id } = await queued(header + polls("waiting"));
      for (let i = 0; i < 2; i++) {
        const answer = await ask(`${links.self}${path}`, { method });
        expect(bodyOf(answer, ImportSchema)).toMatchObject({ id, state: "cancelled", counts: null });
      }
    }
    expect(await knows("waiting")).toBe(false);
  });

  it("is cancelled while its file is being uploaded: the sender is told, and nothing is kept", async () => {
    const body = header + polls("coming", 60).repeat(600);
    const { hostname, port } = new URL(app().web.origin);
    const upload = request({
      hostname,
      port,
      method: "POST",
      path: "/api/v1/imports/polls",
      headers: { "content-type": "text/csv" },
    });
    const answered = new Promise<{ status: number; text: string }>((resolve, reject) => {
      upload.once("error", reject);
      upload.once("response", (response) => {
        void textOf(response).then((text) => {
          resolve({ status: response.statusCode ?? 0, text });
        }, reject);
      });
    });
    upload.write(body);
    const receiving = async () =>
      bodyOf(await ask("/api/v1/imports"), ImportListSchema).imports.find(({ state }) => state === "receiving");
    await until(async () => (await receiving()) !== undefined);
    const { links, id } = (await receiving()) ?? { links: { self: "" }, id: 0 };
    expect(bodyOf(await ask(links.self, { method: "DELETE" }), ImportSchema).state).toBe("cancelled");
    upload.end(poll("coming", 0));
    const { status, text } = await answered;
    expect([status, (JSON.parse(text) as { code: string }).code]).toEqual([409, "import_ended"]);
    expect(bodyOf(await ask(`/api/v1/imports/${id}`), ImportSchema)).toMatchObject({
      state: "cancelled",
      counts: null,
    });
  });
});

describe("an import that a worker is processing", () => {
  beforeAll(async () => {
    await app().startWorker();
  });

  it("is cancelled while it runs, and keeps nothing", async () => {
    const { sql } = app().database;
    const holder = await sql.reserve();
    try {
      // The worker waits for the table that it is about to change.
      await holder`begin`;
      await holder`lock table polls in share mode`;
      const running = await queued(header + polls("running"));
      const isWaiting = async (): Promise<boolean> =>
        (await sql`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`)
          .length > 0;
      await until(async () => (await get(running)).state === "running" && (await isWaiting()));
      const cancelled = await ask(running.links.self, { method: "DELETE" });
      expect(bodyOf(cancelled, ImportSchema).state).toBe("cancelled");
      await holder`rollback`;
      // When a later file is imported, the worker has finished this one.
      expect((await send("polls", header + polls("behind"))).outcome).toBe("complete");
      expect(await get(running)).toMatchObject({ state: "cancelled", counts: null });
    } finally {
      holder.release();
    }
    expect([await knows("running"), await knows("behind")]).toEqual([false, true]);
  });

  it("that has ended cannot be cancelled: 409 import_ended", async () => {
    const sent = await send("polls", header + polls("ended"));
    const answer = await ask(sent.import?.links.self ?? "", { method: "DELETE" });
    expect(outcome(answer)).toBe("409 import_ended");
    expect(await pollsOf("ended")).toHaveLength(60);
  });

  const oneBad = (store: string): string => `${header}${polls(store)}${store},up,2023-01-24 10:00:00 UTC\n`;

  it("with on_error=abort keeps nothing when one row is rejected, and lists it", async () => {
    const sent = await send("polls", oneBad("abort"), { query: "?on_error=abort" });
    expect(sent).toMatchObject({ outcome: "failed", code: "rows_rejected" });
    expect(sent.import?.counts).toMatchObject({ rows: 61, accepted: 0, rejected: 1, discarded: 60 });
    expect(await rejectsOf(sent)).toMatchObject([{ line: 62, column: "status", code: "bad_status" }]);
    expect(await knows("abort")).toBe(false);
    // Complete, it is accepted.
    expect((await send("polls", header + polls("abort"), { query: "?on_error=abort" })).outcome).toBe("complete");
    expect(await pollsOf("abort")).toHaveLength(60);
  });

  it("with dry_run=1 says what would happen to every row, and changes nothing", async () => {
    const before = (await ask("/api/v1/fleet")).text;
    const sent = await send("polls", oneBad("dry"), { query: "?dry_run=1" });
    expect(sent.outcome).toBe("complete_with_rejects");
    expect(sent.import).toMatchObject({ dry_run: true, can_undo: false });
    expect(sent.import?.counts).toMatchObject({ rows: 61, accepted: 0, rejected: 1, discarded: 60 });
    expect(await rejectsOf(sent)).toMatchObject([{ line: 62, code: "bad_status" }]);
    expect([await knows("dry"), (await ask("/api/v1/fleet")).text]).toEqual([false, before]);
    const undo = await ask(`${sent.import?.links.self ?? ""}/undo`, { method: "POST" });
    expect(outcome(undo)).toBe("409 import_not_undoable");
  });

  it("names the accepted values of its parameters", async () => {
    for (const [query, code] of [
      ["?dry_run=yes", "400 invalid_dry_run"],
      ["?on_error=ignore", "400 invalid_on_error"],
      ["?dry_run=1&dry_run=1", "400 duplicate_parameter"],
      ["?dryrun=1", "400 unknown_parameter"],
    ] as const) {
      expect((await send("polls", header, { query })).outcome).toBe(code);
    }
    expect((await send("orders" as "polls", header)).outcome).toBe("404 not_found");
  });
});

describe("the rejects of an import", () => {
  it("are one immutable CSV, with an ETag, and 304 for a client that has it", async () => {
    const sent = await send("polls", `${header}${polls("listed")}?,active,2023-01-24 10:00:00 UTC\n`);
    const path = sent.import?.links.rejects ?? "";
    const first = await ask(path);
    const etag = first.headers.get("etag") ?? "";
    expect([first.status, etag]).toEqual([200, expect.stringMatching(/^"[^"]+"$/) as string]);
    expect(first.text.split("\r\n")).toHaveLength(3);
    const again = await ask(path, { headers: { "if-none-match": `"other", ${etag}` } });
    expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", etag]);
    expect((await ask(path, { headers: { "if-none-match": '"other"' } })).text).toBe(first.text);
    const other = await send("polls", `${header}${polls("listed")}!,active,2023-01-24 10:00:00 UTC\n`);
    expect((await ask(other.import?.links.rejects ?? "", { headers: { "if-none-match": etag } })).status).toBe(200);
  });

  it("of an import that has not ended may still change: no ETag is sent", async () => {
    const { sql } = app().database;
    const holder = await sql.reserve();
    try {
      await holder`begin`;
      await holder`lock table polls in share mode`;
      const { links } = await queued(header + polls("unfinished"));
      const answer = await ask(links.rejects);
      expect([answer.status, answer.headers.get("etag")]).toEqual([200, null]);
      await holder`rollback`;
      expect((await importEnd(links.self)).state).toBe("complete");
      expect((await ask(links.rejects)).headers.get("etag")).not.toBeNull();
    } finally {
      holder.release();
    }
  });
});

describe("undoing an import", () => {
  const undo = ({ import: sent }: SentFile) => ask(`${sent?.links.self ?? ""}/undo`, { method: "POST" });

  it("removes what it added and restores what it replaced; repeated, it has no effect", async () => {
    await send("polls", header + poll("undone", 1) + poll("undone", 2) + poll("undone", 3, "inactive"));
    const before = await pollsOf("undone");
    const rows = poll("undone", 1) + poll("undone", 2, "inactive") + poll("undone", 3) + poll("undone", 30);
    const sent = await send("polls", header + rows);
    expect(sent.import).toMatchObject({ can_undo: true, counts: { accepted: 1, duplicate: 1, conflicting: 2 } });
    expect(await pollsOf("undone")).toEqual(["09:01 active", "09:02 inactive", "09:03 inactive", "09:30 active"]);

    const asked = await undo(sent);
    expect([asked.status, asked.headers.get("location")]).toEqual([202, sent.import?.links.self]);
    expect((await fate(asked)).import).toMatchObject({
      state: "undone",
      can_undo: false,
      undone: { polls_removed: 1, polls_restored: 1 },
    });
    expect(await pollsOf("undone")).toEqual(before);
    expect((await undo(sent)).status).toBe(202);
    expect(await pollsOf("undone")).toEqual(before);
    // Sent again, it counts as new.
    expect((await send("polls", header + rows)).import?.counts).toMatchObject({ accepted: 1, conflicting: 2 });
  });

  it("restores other files too, and names the alternative where that is impossible: 409 import_not_undoable", async () => {
    const first = await send("timezones", "store_id,timezone_str\nundone,America/Denver\n");
    const second = await send("timezones", "store_id,timezone_str\nundone,Asia/Tokyo\n");
    const answer = await undo(first);
    expect(outcome(answer)).toBe("409 import_not_undoable");
    expect(problemOf(answer).detail).toContain("import the earlier file again");
    expect((await fate(await undo(second))).import).toMatchObject({ state: "undone", undone: { stores_restored: 1 } });
    expect((await fate(await undo(first))).import).toMatchObject({ state: "undone", undone: { stores_restored: 1 } });
    expect(outcome(await ask("/api/v1/imports/999999999/undo", { method: "POST" }))).toBe("404 import_not_found");
  });
});

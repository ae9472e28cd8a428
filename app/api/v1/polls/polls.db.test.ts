import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { type PollBatchResult, PollBatchResultSchema } from "@/lib/contract/polls";
import { expectDocumented } from "@/lib/contract/test-support/expect-documented";
import { importFile } from "@/lib/server/imports/import-file";

const database = testDb();
async function load() {
  // The settings are read once, when the first of these is loaded.
  vi.stubEnv("DATABASE_URL", database().url);
  return { route: await import("./route"), closeDatabase: (await import("@/lib/server/database")).closeDatabase };
}
let app: Awaited<ReturnType<typeof load>>;

interface SentPoll {
  readonly store_id: string;
  readonly at: string;
  readonly status: string;
}

beforeAll(async () => {
  app = await load();
});
afterAll(async () => {
  await app.closeDatabase();
  vi.unstubAllEnvs();
});
async function empty(): Promise<void> {
  const { sql } = database();
  await sql`truncate stores, polls, poll_conflicts, idempotency_keys restart identity cascade`;
  await sql`update fleet_state set newest_poll_at = null, data_version = 0`;
}
beforeEach(empty);

interface Options {
  readonly search?: string;
  readonly headers?: Record<string, string>;
}

async function post(body: string | Buffer, { search = "", headers = {} }: Options = {}): Promise<Response> {
  const request = new Request(`http://localhost/api/v1/polls${search}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : new Uint8Array(body),
  });
  const response = await app.route.POST(request, { params: Promise.resolve({}) });
  await expectDocumented(request, response);
  return response;
}
const send = (polls: readonly unknown[], options: Options = {}): Promise<Response> =>
  post(JSON.stringify({ polls }), options);

async function sent(polls: readonly SentPoll[]): Promise<PollBatchResult> {
  const response = await send(polls);
  expect(response.status).toBe(200);
  return PollBatchResultSchema.parse(await response.json());
}

const poll = (store_id: string, minute: number, status = "active"): SentPoll => ({
  store_id,
  at: new Date(Date.UTC(2023, 0, 24, 9, minute)).toISOString(),
  status,
});

/** Everything that polls write, by public ids rather than internal keys. */
async function endState(): Promise<unknown> {
  const { sql } = database();
  const polls = await sql`
    select s.store_id, p.at::text, p.active from polls p join stores s using (store_key) order by 1, 2`;
  const conflicts = await sql`
    select s.store_id, c.at::text from poll_conflicts c join stores s using (store_key) order by 1, 2`;
  const stores = await sql`select store_id from stores order by 1`;
  const [fleet] = await sql`select newest_poll_at::text from fleet_state`;
  return { polls: [...polls], conflicts: [...conflicts], stores: [...stores], fleet };
}

describe("POST /api/v1/polls", () => {
  it("responds when the polls are committed: counts, a new store, the newest instant", async () => {
    expect(await sent([poll("a", 3), poll("b", 1), poll("a", 3), poll("a", 4, "inactive")])).toEqual({
      accepted: 3,
      duplicate: 1,
      conflicting: 0,
      rejected: [],
    });
    expect(await endState()).toMatchObject({
      polls: [
        { store_id: "a", at: "2023-01-24 09:03:00+00", active: true },
        { store_id: "a", at: "2023-01-24 09:04:00+00", active: false },
        { store_id: "b", at: "2023-01-24 09:01:00+00", active: true },
      ],
      fleet: { newest_poll_at: "2023-01-24 09:04:00+00" },
    });
  });

  it("H15: the same batch again changes nothing, not even the version of the data", async () => {
    const batch = Array.from({ length: 500 }, (_, minute) => poll(`s${minute % 7}`, minute));
    await sent(batch);
    const before = await database().sql`select data_version from fleet_state`;
    expect(await sent(batch)).toEqual({ accepted: 0, duplicate: 500, conflicting: 0, rejected: [] });
    expect(await database().sql`select data_version from fleet_state`).toEqual(before);
  });

  it("D22: at one instant inactive wins, whichever came first, and the instant is recorded", async () => {
    expect(await sent([poll("a", 1), poll("b", 1, "inactive")])).toMatchObject({ accepted: 2 });
    expect(await sent([poll("a", 1, "inactive"), poll("b", 1)])).toMatchObject({ accepted: 0, conflicting: 2 });
    expect(await sent([poll("c", 1), poll("c", 1, "inactive")])).toMatchObject({ accepted: 1, conflicting: 1 });
    expect(await endState()).toMatchObject({
      polls: [{ active: false }, { active: false }, { active: false }],
      conflicts: [{ store_id: "a" }, { store_id: "b" }, { store_id: "c" }],
    });
  });

  it("D14: rejects the future, which moves no as-of instant", async () => {
    await sent([poll("a", 1)]);
    const ahead = new Date(Date.now() + 6 * 60_000).toISOString();
    const response = await send([{ store_id: "new", at: ahead, status: "active" }]);
    expect(await response.json()).toMatchObject({ accepted: 0, rejected: [{ index: 0, code: "timestamp_in_future" }] });
    expect(await endState()).toMatchObject({
      stores: [{ store_id: "a" }],
      fleet: { newest_poll_at: "2023-01-24 09:01:00+00" },
    });
  });

  it("H14: one bad poll of 500 is listed, the others are stored; with atomic none is", async () => {
    const batch: unknown[] = Array.from({ length: 500 }, (_, minute) => poll("a", minute));
    batch[3] = { ...poll("a", 3), store_id: 8_419_537_941_919_820_732 };
    const atomic = await send(batch, { search: "?atomic=1" });
    expect(atomic.status).toBe(422);
    expect(await atomic.json()).toMatchObject({
      code: "polls_rejected",
      errors: [{ pointer: "/polls/3", code: "store_id_must_be_string" }],
    });
    expect(await endState()).toMatchObject({ polls: [], stores: [] });
    expect(await (await send(batch)).json()).toMatchObject({
      accepted: 499,
      rejected: [{ index: 3, code: "store_id_must_be_string" }],
    });
  });

  it("accepts JSON lines, and gzip of either", async () => {
    const lines = `\ufeff${JSON.stringify(poll("a", 1))}\r\n\n{"store_id":\n${JSON.stringify(poll("a", 2))}`;
    const ndjson = { "content-type": "application/x-ndjson" };
    const once = await post(lines, { headers: ndjson });
    expect(await once.json()).toMatchObject({ accepted: 2, rejected: [{ index: 1, code: "invalid_json" }] });
    const gzip = { ...ndjson, "content-encoding": "gzip" };
    const twice = await post(gzipSync(lines), { headers: gzip });
    expect(await twice.json()).toMatchObject({ accepted: 0, duplicate: 2 });
  });

  const json = '{"polls":[{"store_id":"a","at":"2023-01-24T09:00:00Z","status":"active"}]}';
  const many = (count: number): string =>
    JSON.stringify({ polls: Array.from({ length: count }, (_, minute) => poll("a", minute)) });
  it.each<[string, string | Buffer, Record<string, string>, number, string]>([
    ["H1 empty", "", {}, 400, "empty_body"],
    ["H2 media type", json, { "content-type": "text/plain" }, 415, "unsupported_media_type"],
    ["H3 charset", json, { "content-type": "application/json; charset=utf-16" }, 415, "unsupported_media_type"],
    ["H4 malformed", json.slice(1), {}, 400, "invalid_json"],
    ["H5 top", "[]", {}, 400, "invalid_type"],
    ["H5 polls", '{"polls":{}}', {}, 400, "bad_request"],
    ["H8 field", '{"polls":[],"role":"admin"}', {}, 400, "unknown_field"],
    ["H9 depth", `{"polls":${"[".repeat(1_000)}`, {}, 413, "body_too_deep"],
    ["H9 size", " ".repeat(1_000_001), {}, 413, "body_too_large"],
    ["H12 br", json, { "content-encoding": "br" }, 415, "unsupported_encoding"],
    ["H12 no gzip", json, { "content-encoding": "gzip" }, 400, "corrupt_gzip"],
    ["H12 cut", gzipSync(json).subarray(0, -9), { "content-encoding": "gzip" }, 400, "corrupt_gzip"],
    ["H12 bomb", gzipSync(Buffer.alloc(9_000_000, 32)), { "content-encoding": "gzip" }, 413, "inflated_too_large"],
    ["H14 none", '{"polls":[]}', {}, 400, "empty_batch"],
    ["H14 none", "\n\n", { "content-type": "application/x-ndjson" }, 400, "empty_batch"],
    ["H14 5,001", many(5_001), {}, 413, "batch_too_large"],
    ["H16 empty key", json, { "idempotency-key": "" }, 400, "invalid_idempotency_key"],
    ["H16 long key", json, { "idempotency-key": "x".repeat(256) }, 400, "invalid_idempotency_key"],
    ["H16 non-ASCII key", json, { "idempotency-key": "caf\u00e9" }, 400, "invalid_idempotency_key"],
  ])("%s is rejected", async (_row, body, headers, status, code) => {
    const response = await post(body, { headers });
    expect([response.status, await response.json()]).toMatchObject([status, { code }]);
    expect(await endState()).toMatchObject({ polls: [], stores: [] });
  });

  it("accepts 5,000", async () => {
    expect(await (await post(many(5_000))).json()).toMatchObject({ accepted: 5_000 });
  });

  it("creates a partition again that was dropped since", async () => {
    await sent([poll("a", 1)]);
    await database().sql`drop table polls_20230123`;
    expect(await sent([poll("a", 1)])).toMatchObject({ accepted: 1 });
  });
});

describe("any order, any redelivery, any batches", () => {
  const arbPoll = fc.record({
    store_id: fc.constantFrom("a", "b", "c"),
    at: fc.integer({ min: 0, max: 12 }).map((n) => new Date(Date.UTC(2023, 0, 22, 23, 55 + n)).toISOString()),
    status: fc.constantFrom("active", "inactive", "ACTIVE"),
  });

  it("give the same result as a file of the same polls, and the same counts", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbPoll, { minLength: 1, maxLength: 60 }),
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 1, max: 25 }),
        async (polls, dice, size) => {
          await empty();
          const lines = polls.map(({ store_id, at, status }) => `${store_id},${status},${at}`);
          const file = Buffer.from(["store_id,status,timestamp_utc", ...lines, ""].join("\n"));
          const imported = await importFile(database(), {
            kind: "polls",
            source: Readable.from([file]),
            now: Date.now(),
          });
          const expected = await endState();
          await empty();
          expect(await sent(polls)).toMatchObject({
            accepted: imported.counts.accepted,
            duplicate: imported.counts.duplicate,
            conflicting: imported.counts.conflicting,
          });
          expect(await endState()).toEqual(expected);

          await empty();
          const redelivered = [...polls, ...polls.filter((_, index) => index % 3 === 0)];
          const shuffled = redelivered
            .map((one) => ({ one, rank: Number(dice.next().value) }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ one }) => one);
          const batches = [];
          for (let i = 0; i < shuffled.length; i += size) batches.push(sent(shuffled.slice(i, i + size)));
          await Promise.all(batches);
          expect(await endState()).toEqual(expected);
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);
});

describe("requests that arrive together", () => {
  const poll = (store: string, minute: number, status = "active"): SentPoll => {
    return { store_id: store, at: new Date(Date.UTC(2023, 0, 24, 9, minute)).toISOString(), status };
  };
  const countsOf = async (response: Promise<Response>) => PollBatchResultSchema.parse(await (await response).json());

  it("are stored in few transactions", async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, (_, i) => sent([poll(`together-${i}`, i)])));
    for (const answer of answers) expect(answer).toEqual({ accepted: 1, duplicate: 0, conflicting: 0, rejected: [] });
    const [row] = await database().sql<{ polls: number; transactions: number }[]>`
      select count(*)::int as polls, count(distinct xmin::text)::int as transactions from polls`;
    expect(row?.polls).toBe(60);
    expect(row?.transactions).toBeLessThan(20);
  });

  it("get their own counts, independent of the others", async () => {
    await sent([poll("a", 1), poll("b", 1, "inactive")]);
    const [first, ...others] = await Promise.all([
      countsOf(send([poll("x", 0)])),
      countsOf(send([poll("a", 1)])),
      countsOf(send([poll("b", 1)])),
      countsOf(send([poll("c", 1), { store_id: "c", at: "never", status: "active" }])),
      countsOf(send([poll("d", 1)])),
    ]);
    expect(first).toMatchObject({ accepted: 1, duplicate: 0, conflicting: 0 });
    expect(others).toMatchObject([
      { accepted: 0, duplicate: 1, conflicting: 0, rejected: [] },
      { accepted: 0, duplicate: 0, conflicting: 1, rejected: [] },
      { accepted: 1, duplicate: 0, conflicting: 0, rejected: [{ index: 1, code: "bad_timestamp" }] },
      { accepted: 1, duplicate: 0, conflicting: 0, rejected: [] },
    ]);
  });

  it("keep their Idempotency-Keys", async () => {
    const keyed = { headers: { "idempotency-key": "k" } };
    const answers = await Promise.all([
      send([poll("a", 1)]),
      send([poll("b", 1)], keyed),
      send([poll("c", 1)]),
      send([poll("d", 1)]),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const again = await send([poll("b", 1)], keyed);
    expect(again.headers.get("idempotent-replay")).toBe("true");
    expect(await again.json()).toMatchObject({ accepted: 1 });
  });

  it("store the same as one after another, however they overlap", async () => {
    const arbPoll = fc.record({
      store_id: fc.constantFrom("a", "b", "c"),
      at: fc.integer({ min: 0, max: 3 }).map((minute) => poll("a", minute).at),
      status: fc.constantFrom("active", "inactive"),
    });
    const stored = () => database().sql`
      select store_id, at, active, exists (select from poll_conflicts c where c.store_key = p.store_key and c.at = p.at)
      from polls p join stores using (store_key) order by 1, 2`;
    const batches = fc.array(fc.array(arbPoll, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(batches, async (requests) => {
        await empty();
        const answers = await Promise.all(requests.map((polls) => sent(polls)));
        const together = await stored();
        answers.forEach(({ accepted, duplicate, conflicting }, i) => {
          expect(accepted + duplicate + conflicting).toBe(requests[i]?.length);
        });
        const accepted = answers.reduce((sum, answer) => sum + answer.accepted, 0);
        expect(accepted).toBe(together.length);
        await empty();
        for (const polls of requests) await sent(polls);
        expect([...together]).toEqual([...(await stored())]);
      }),
      { numRuns: 25 },
    );
  });
});

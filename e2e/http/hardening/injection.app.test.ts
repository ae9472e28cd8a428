import { beforeAll, expect, it } from "vitest";
import { operations } from "@/lib/contract/operations";
import { queryOf } from "@/lib/contract/operation";
import { ask, json, outcome } from "@/e2e/http/bad-input/test-support/http";

const harmless = "zzharmless";

/** Attacks on SQL, shells, templates, paths and headers, each with a mark that no store has. */
const corpus = [
  "zz' or '1'='1",
  "zz' or 1=1 --",
  'zz" or ""="',
  "zz'; drop table stores; --",
  "zz'); delete from polls; --",
  "zz' union select id, secret from webhooks --",
  "zz'||(select version())||'",
  "zz\\' or 1=1 --",
  "zz$$; select 1; $$",
  "zz%' or '%'='",
  "zz${7*7}",
  "zz{{7*7}}",
  "zz$(id)",
  "zz`id`",
  "zz|id",
  "zz\r\nx-planted: 1",
  "zz../../../etc/passwd",
  "zz<script>alert(1)</script>",
  "zz\u2019 or 1=1",
  "zz%27%20or%201=1",
  "-1 or 1=1",
  "1e309",
  "zz' and 1=cast((select current_user) as int) --",
];

const secrets = /syntax error|at character|PostgreSQL \d|pg_catalog|root:|ECONN|drizzle|node_modules/;

/** The result, without what others change meanwhile, and without the text that was sent. */
function found(text: string, asked: string): unknown {
  const plain = text.replaceAll(encodeURIComponent(asked), "…").replaceAll(JSON.stringify(asked).slice(1, -1), "…");
  if (!plain.startsWith("{")) return plain;
  return { ...(JSON.parse(plain) as object), as_of: null, computed_at: null, counts: null, fleet: null };
}

beforeAll(async () => {
  const poll = { store_id: "hardening-1", status: "active", at: "2023-01-25T10:00:00Z" };
  expect(outcome(await ask("/api/v1/polls?atomic=1", json({ polls: [poll] })))).toBe("200");
});

const reading = operations.filter(({ method, path }) => method === "GET" && !path.endsWith("/trigger_report/"));

const places = reading.flatMap(({ path, example, query, pathParameters }) => [
  ...Object.keys(pathParameters ?? {}).map((name) => ({
    place: `${path} (${name})`,
    address: (value: string) =>
      path.replace(/\{([^}]+)\}/g, (_, one: string) => (one === name ? encodeURIComponent(value) : "1")),
  })),
  ...Object.keys(queryOf({ query } as (typeof operations)[number])).map((name) => ({
    place: `${path}?${name}`,
    address: (value: string) => {
      const [own = "", search] = example.split("?");
      const params = new URLSearchParams(search);
      params.set(name, value);
      return `${own}?${params.toString()}`;
    },
  })),
]);

it("finds a place for text in every list and every resource", () => {
  expect(places.length).toBeGreaterThan(30);
});

it.each(places)("treats text at $place as text only", async ({ address }) => {
  const plain = await ask(address(harmless));
  for (const text of corpus) {
    const answer = await ask(address(text));
    expect(answer.status, `${text}: ${answer.text.slice(0, 300)}`).toBeLessThan(500);
    expect(answer.headers.get("x-planted")).toBeNull();
    expect(answer.text).not.toMatch(secrets);
    // A rejected text reveals nothing; an accepted one must find as little as any other.
    if (answer.status < 400) {
      expect(plain.status, text).toBe(answer.status);
      expect(found(answer.text, text), text).toEqual(found(plain.text, harmless));
    }
  }
});

it("has lost nothing afterwards", async () => {
  expect((await ask("/api/v1/stores/hardening-1")).status).toBe(200);
});

it("treats a store id that is SQL as an id, and rejects it", async () => {
  for (const text of corpus.filter((one) => !/^[\w-]+$/.test(one))) {
    const polls = [{ store_id: text, status: "active", at: "2023-01-25T10:00:00Z" }];
    expect(outcome(await ask("/api/v1/polls?atomic=1", json({ polls })))).toBe("422 polls_rejected");
    expect(outcome(await ask("/api/v1/reports", json({ store_ids: [text] })))).toMatch(/^4\d\d /);
  }
});

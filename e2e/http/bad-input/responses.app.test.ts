import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { ReportSchema } from "@/lib/contract/reports";
import { operations } from "@/lib/contract/operations";
import { importEnd, send } from "./test-support/files";
import { ask, bodyOf, json, outcome } from "./test-support/http";

const prefix = `out-${process.pid}`;
const labels = [
  '=HYPERLINK("http://x")',
  "+1",
  "-2+3",
  "@SUM(1)",
  "＝1",
  "＋1",
  "－1",
  "＠x",
  "a,b",
  'say "hi"',
  "</script><script>alert(1)</script>",
  "{{7*7}}",
  "Ünïcödé 🍔",
];

async function csvOf(path: string): Promise<{ text: string; rows: string[][] }> {
  const { text } = await ask(path);
  return { text, rows: parse(text, { bom: true, record_delimiter: "\r\n" }) };
}

describe("CSV in responses", () => {
  let report = "";
  beforeAll(async () => {
    const quoted = labels.map((label, i) => `${prefix}-${i},"${label.replaceAll('"', '""')}"`);
    expect((await send("stores", `store_id,name\n${quoted.join("\n")}\n`)).outcome).toBe("complete");
    const polls = labels.map((_, i) => ({ store_id: `${prefix}-${i}`, at: "2023-01-24T09:06:42Z", status: "active" }));
    await ask("/api/v1/polls", json({ polls }));
    const queued = await ask("/api/v1/reports", json({ store_ids: polls.map(({ store_id }) => store_id) }));
    report = bodyOf(queued, ReportSchema).links.self;
    await ask(`${report}?wait=30`);
  });

  it("I1 and I2 has no label that is a formula, quotes what needs it, and ends lines with CRLF", async () => {
    await expect
      .poll(async () => (await csvOf(`/api/v1/stores.csv?q=${prefix}&sort=store_id`)).rows.length, { timeout: 60_000 })
      .toBe(labels.length + 1);
    const { text, rows } = await csvOf(`/api/v1/stores.csv?q=${prefix}&sort=store_id`);
    const [header = [], ...lines] = rows;
    const [idAt, nameAt] = [header.indexOf("store_id"), header.indexOf("name")];
    const shown = new Map(lines.map((line) => [line[idAt], line[nameAt]]));
    for (const [i, label] of labels.entries()) {
      const isFormula = /^[=+\-@\t\r\0＝＋－＠]/.test(label);
      expect(shown.get(`${prefix}-${i}`)).toBe(isFormula ? `'${label}` : label);
    }
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    for (const line of lines) for (const cell of line) expect(cell).not.toMatch(/^[=+@＝＋－＠]|NaN|null|undefined/);
  });

  it("I3 starts with a byte order mark when requested, and is otherwise the same", async () => {
    const [plain, marked] = [await ask(`${report}.csv`), await ask(`${report}.csv?bom=1`)];
    expect([plain.text.startsWith("\ufeff"), marked.text]).toEqual([false, `\ufeff${plain.text}`]);
    expect(marked.headers.get("etag")).not.toBe(plain.headers.get("etag"));
    expect(outcome(await ask(`${report}.csv?bom=yes`))).toBe("400 invalid_bom");
  });

  it("I4 names stores by ids that can be imported unchanged", async () => {
    const { rows } = await csvOf(`${report}.csv`);
    const ids = rows.slice(1).map(([id = ""]) => id);
    expect(ids.toSorted()).toEqual(labels.map((_, i) => `${prefix}-${i}`).toSorted());
    const again = await send(
      "timezones",
      `store_id,timezone_str\n${ids.map((id) => `${id},America/Denver`).join("\n")}\n`,
    );
    expect(again.import?.counts).toMatchObject({ accepted: labels.length, rejected: 0 });
  });

  it("I4 accepts its own list of stores, and nothing changes", async () => {
    const { text } = await csvOf(`/api/v1/stores.csv?q=${prefix}&sort=store_id`);
    const sent = await send("stores", text);
    expect(sent).toMatchObject({ outcome: "complete", warnings: ["ignored_columns"] });
    expect(sent.import?.counts).toMatchObject({ rows: labels.length, accepted: 0, duplicate: labels.length });
  });

  it("I5 writes numbers with two decimals and a dot, and leaves unknown ones empty", async () => {
    const { rows } = await csvOf(`${report}.csv`);
    const [header = [], ...lines] = rows;
    for (const line of lines) {
      header.forEach((name, i) => {
        if (/^(uptime|downtime|no_data|coverage)/.test(name)) expect(line[i]).toMatch(/^(\d+\.\d\d)?$/);
      });
    }
  });

  it("I6 is named after the report and its instant", async () => {
    const name = (await ask(`${report}.csv`)).headers.get("content-disposition");
    expect(name).toMatch(/^attachment; filename="report-\d+-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z\.csv"$/);
  });

  it("I1 lists rejects without a formula", async () => {
    const sent = await send("polls", `store_id,status,timestamp_utc\n=1+1,active,2023-01-24 09:06:42 UTC\n`);
    const { rows } = await csvOf(sent.import?.links.rejects ?? "");
    expect(rows[1]?.at(-1)).toBe("'=1+1,active,2023-01-24 09:06:42 UTC");
    expect((await importEnd(sent.import?.links.self ?? "")).state).toBe("complete_with_rejects");
  });
});

describe("a page with invalid parameters in its address", () => {
  const nonsense = "from=abc&to=-1&tz=Mars&page=-1&sort=;&limit=1e9&cursor=garbage&state=x&window=y&q=%00";
  it.each(["/", `/stores/${prefix}-0`, "/reports", "/imports", "/data-quality", "/method", "/docs"])(
    "I8 %s is shown nevertheless",
    async (path) => {
      const response = await ask(`${path}?${nonsense}`, { headers: { accept: "text/html" } });
      expect(response.status).toBe(200);
      expect(response.text).toContain("<main");
    },
  );

  it.each(["/stores/no-such-store", "/reports/0", "/reports/x", "/imports/999999999", "/nothing"])(
    "I8 %s is not found, and says so",
    async (path) => {
      expect((await ask(path, { headers: { accept: "text/html" } })).status).toBe(404);
    },
  );
});

describe("the API description", () => {
  it("is served, and every operation of it is on the documentation page of its topic, with its curl", async () => {
    expect(JSON.parse((await ask("/api/openapi.json")).text)).toMatchObject({ openapi: "3.1.0" });
    const pageOf = async (path: string) => (await ask(path, { headers: { accept: "text/html" } })).text;
    const overview = await pageOf("/docs");
    for (const tag of new Set(operations.map((one) => one.tag))) {
      const page = await pageOf(`/docs/${tag.toLowerCase()}`);
      const members = operations.filter((one) => one.tag === tag);
      for (const { id, summary } of members) {
        const shown = summary.replaceAll("&", "&amp;").replaceAll("'", "&#x27;");
        expect([overview.includes(shown), page.includes(shown)], id).toEqual([true, true]);
      }
      expect(page.match(/curl /g)?.length, tag).toBeGreaterThanOrEqual(members.length);
    }
  });
});

import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { StoreDetailSchema } from "@/lib/contract/stores";
import { digestOf, fate, good, header, row, send } from "./test-support/files";
import { ask, bodyOf, raw } from "./test-support/http";

describe("a file that is taken", () => {
  it.each<[string, (header: string, row: string) => string | Uint8Array, readonly string[]]>([
    ["A5 a byte order mark", (head, one) => `\ufeff${head}${one}`, []],
    ["A5 a byte order mark in gzip", (head, one) => gzipSync(`\ufeff${head}${one}`), []],
    ["A7 CRLF", (head, one) => (head + one).replaceAll("\n", "\r\n"), []],
    ["A8 CR alone", (head, one) => (head + one).replaceAll("\n", "\r"), []],
    ["A9 CRLF and LF", (head, one) => head.replace("\n", "\r\n") + one, ["mixed_line_ends"]],
    ["A9 CR and LF", (head, one) => head.replace("\n", "\r") + one, ["mixed_line_ends"]],
    ["A10 no final newline", (head, one) => (head + one).trimEnd(), []],
    ["A10 no final newline, CRLF", (head, one) => (head + one).trimEnd().replaceAll("\n", "\r\n"), []],
    ["A17 gzip", (head, one) => gzipSync(head + one), []],
    ["A18 gzip of several members", (head, one) => Buffer.concat([gzipSync(head), gzipSync(one)]), []],
    [
      "A18 gzip with empty members",
      (head, one) => Buffer.concat(["", head, "", one, ""].map((text) => gzipSync(text))),
      [],
    ],
    ["A20 tabs behind the commas of the header", (head, one) => head.replaceAll(",", ",\t") + one, ["header_spelling"]],
    ["A23 quoted fields", (head, one) => head + one.replace(/[^,\n]+/g, '"$&"'), []],
    ["A25 an empty column at the end", (head, one) => (head + one).replaceAll("\n", ",\n"), ["ignored_columns"]],
    [
      "B2 another order",
      (_, one) => `timestamp_utc,status,store_id\n${one.trim().split(",").toReversed().join(",")}`,
      [],
    ],
    ["B3 another case", (head, one) => head.replace("store_id", "Store_ID") + one, ["header_spelling"]],
    ["B3 spaces round", (head, one) => head.replace("store_id", " store_id ") + one, ["header_spelling"]],
    ["B3 a space inside", (head, one) => head.replace("store_id", "store id") + one, ["header_spelling"]],
    ["B4 unknown columns", (head, one) => `,region,${head}0,west,${one}`, ["ignored_columns"]],
    [
      "B8 names that objects have",
      (head, one) => `__proto__,constructor,toString,${head}1,2,3,${one}`,
      ["ignored_columns"],
    ],
    ["B10 a quoted header", (head, one) => head.replace("store_id", '"store_id"') + one, []],
  ])("%s", async (_, write, warnings) => {
    const sent = await send("polls", write(header, row()));
    expect(sent).toMatchObject({ outcome: "complete", code: null, warnings });
    expect(sent.import?.counts).toMatchObject({ rows: 1, accepted: 1, rejected: 0 });
  });

  it.each<["hours" | "polls" | "timezones", string, string]>([
    ["hours", "day", "day"],
    ["hours", "day", "dayOfWeek"],
    ["hours", "day", "day_of_week"],
    ["hours", "day", "dayofweek"],
    ["polls", "timestamp_utc", "timestamp"],
    ["timezones", "timezone_str", "timezone"],
    ["timezones", "timezone_str", "time_zone"],
  ])("B1 accepts a file of %s whose %s is called %s", async (kind, column, name) => {
    const store = `b1-${name}`;
    const files = {
      hours: `store_id,day,start_time_local,end_time_local\n${store},6,09:00,17:00\n`,
      polls: `store_id,status,timestamp_utc\n${store},active,2023-01-24 09:06:42 UTC\n`,
      timezones: `store_id,timezone_str\n${store},America/Denver\n`,
    };
    const sent = await send(kind, files[kind].replace(`,${column}`, `,${name}`));
    expect(sent).toMatchObject({ outcome: "complete", warnings: [] });
    expect(sent.import?.counts).toMatchObject({ rows: 1, accepted: 1 });
    const found = bodyOf(await ask(`/api/v1/stores/${store}`), StoreDetailSchema);
    if (kind === "hours") expect(found.business_hours).toEqual([{ day: 6, start: "09:00:00", end: "17:00:00" }]);
    if (kind === "polls") expect(found.last_poll_at).toBe("2023-01-24T09:06:42.000Z");
    if (kind === "timezones") expect(found.time_zone).toBe("America/Denver");
  });

  it.each([
    ["polls", "timestamp_utc", "TimestampUTC"],
    ["hours", "start_time_local", "startTimeLocal"],
    ["stores", "name", "store name"],
    ["stores", "group", "group_name"],
    ["exceptions", "date", "local_date"],
  ] as const)("B1 and B3 accepts a file of %s whose %s is spelt %s, and says so", async (kind, column, name) => {
    const store = `b3-${name.replace(/\W/g, "-")}`;
    const files = {
      hours: `store_id,day,start_time_local,end_time_local\n${store},6,09:00,17:00\n`,
      polls: `store_id,status,timestamp_utc\n${store},active,2023-01-24 09:06:42 UTC\n`,
      stores: `store_id,name,group\n${store},Main Street,West\n`,
      exceptions: `store_id,date,start_time_local,end_time_local\n${store},2023-12-25,,\n`,
    };
    const sent = await send(kind, files[kind].replace(`,${column}`, `,${name}`));
    expect(sent).toMatchObject({ outcome: "complete", warnings: ["header_spelling"] });
    expect(sent.import?.counts).toMatchObject({ rows: 1, accepted: 1 });
  });

  it("A3 has a header and no row: complete, with a warning, and hours stay as they were", async () => {
    const hours = "store_id,day,start_time_local,end_time_local\n";
    expect(await send("hours", `${hours}a3-store,0,09:00:00,17:00:00\n`)).toMatchObject({ outcome: "complete" });
    for (const text of [hours, hours.trimEnd(), `${hours}\n\n`]) {
      const sent = await send("hours", text);
      expect(sent).toMatchObject({ outcome: "complete", warnings: ["no_rows"] });
      expect(sent.import?.counts).toMatchObject({ accepted: 0, rejected: 0 });
    }
    const store = bodyOf(await ask("/api/v1/stores/a3-store"), StoreDetailSchema);
    expect(store.business_hours).toEqual([{ day: 0, start: "09:00:00", end: "17:00:00" }]);
  });

  it("A13 keeps a character of three bytes wherever the upload is cut", async () => {
    const text = Buffer.from(`note,${header}€,${row()}`);
    const cut = text.indexOf(Buffer.from("€"));
    for (const at of [cut, cut + 1, cut + 2, cut + 3]) {
      const head = `POST /api/v1/imports/polls HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: ${text.length}\r\n\r\n`;
      const sent = await fate(await raw([head, text.subarray(0, at), text.subarray(at)]));
      expect(sent).toMatchObject({ outcome: "complete", warnings: ["ignored_columns"] });
    }
  });

  it("A30 matches the digests that are sent with it", async () => {
    const text = good();
    const headers = { "repr-digest": digestOf(text), "content-digest": digestOf(text) };
    const sent = await send("polls", text, { headers });
    expect(sent.outcome).toBe("complete");
    expect(sent.import?.sha256).toBe(createHash("sha256").update(text).digest("hex"));
  });

  it("A32 counts the rows of the same file again as duplicates only", async () => {
    const text = header + Array.from({ length: 10 }, row).join("");
    expect((await send("polls", text)).import?.counts).toMatchObject({ accepted: 10, duplicate: 0 });
    expect((await send("polls", text)).import?.counts).toMatchObject({ accepted: 0, duplicate: 10, conflicting: 0 });
    const keyed = { headers: { "idempotency-key": `a32-${process.pid}` } };
    const ids = [await send("polls", text, keyed), await send("polls", text, keyed)].map((sent) => sent.import?.id);
    expect(ids[0]).toBe(ids[1]);
  });
});

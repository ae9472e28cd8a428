import { describe, expect, it } from "vitest";
import { PollBatchResultSchema } from "@/lib/contract/polls";
import { StoreTimelineSchema } from "@/lib/contract/store-history";
import { rejectsOf, type SentFile } from "./test-support/files";
import { ask, bodyOf, json } from "./test-support/http";
import { id, refuses, sendRows, storeOf, type Refused } from "./test-support/rows";

const time = "2023-01-24 09:06:42 UTC";
const inFuture = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** Polls of a store in the year of all these tests. */
async function pollsOf(storeId: string): Promise<readonly { at: string; status: string }[]> {
  const range = "from=2023-01-10T00:00:00Z&to=2023-01-31T00:00:00Z&as_of=2023-02-01T00:00:00Z";
  const { polls } = bodyOf(await ask(`/api/v1/stores/${storeId}/timeline?${range}`), StoreTimelineSchema);
  return polls.map(({ at, status }) => ({ at, status }));
}

describe("store ids", () => {
  const ids: Refused[] = [
    ["C2", "8.41953794191982E+018", "id_damaged_by_spreadsheet"],
    ["C2", "8.41953794191982E+18", "id_damaged_by_spreadsheet"],
    ["C2", "8.41954E+18", "id_damaged_by_spreadsheet"],
    ["C4", "+8419537941919820732", "bad_store_id"],
    ["C4", "8419537941919820732.0", "bad_store_id"],
    ...["", "   ", "NULL", "nan", "None", "-"].map((text): Refused => ["C5", text, "missing_store_id"]),
    ["C6", "-1", "bad_store_id"],
    ["C6", "1".repeat(65), "bad_store_id"],
    ["C6", "1".repeat(60_000), "bad_store_id"],
    ...["８４１", "٨٤١", "84\u200d1", "stоre", "84\u00a01"].map((text): Refused => ["C7", text, "bad_character"]),
    ...["=cmd|' /C calc'!A0", "@SUM(1)", "<script>", "'; drop table", "../../etc/passwd", "%00"].map(
      (text): Refused => ["C8", text, "bad_store_id"],
    ),
    ["C8 newline", '"a\nb"', "bad_store_id"],
  ];
  // The row of two lines is last, so that the line of every other row is its place.
  refuses("polls", ids, (text) => `${text},active,${time}`);

  it.each(ids.filter(([, text]) => !text.includes('"')))(
    "%s rejects %s as a live poll too: %s",
    async (_, text, code) => {
      const sent = await ask("/api/v1/polls", json({ polls: [{ store_id: text, at: time, status: "active" }] }));
      expect(bodyOf(sent, PollBatchResultSchema)).toMatchObject({ accepted: 0, rejected: [{ index: 0, code }] });
    },
  );

  it.each([
    ["C1", "8419537941919820732", "8419537941919820732"],
    ["C3", "D84A4552-3668-4075-AD1D-16840294F818", "d84a4552-3668-4075-ad1d-16840294f818"],
    ["C4", "008419537941919820732", "008419537941919820732"],
    ["C6", "0", "0"],
    ["C7", "\u00a0 row-nbsp\t", "row-nbsp"],
    ["B8", "__proto__", "__proto__"],
    ["B8", "constructor", "constructor"],
  ])("%s accepts %j as %s, unchanged from request to response", async (_, written, expected) => {
    const sent = await sendRows("timezones", [`${written},America/Denver`]);
    expect(sent.code).toBeNull();
    const { store_id: storeId, time_zone: zone } = await storeOf(expected);
    expect([storeId, zone]).toEqual([expected, "America/Denver"]);
  });

  it("C2 suggests the one known id that a damaged one may have been", async () => {
    await sendRows("timezones", ["7319537941919820732,America/Denver"]);
    const sent = await sendRows("polls", [`7.31953794191982E+18,active,${time}`]);
    expect((await rejectsOf(sent))[0]?.reason).toMatch(/15 of its digits.*7319537941919820732/);
  });

  it("C9 known by polls only is kept: always open, in Chicago, both assumed", async () => {
    const store = id();
    await sendRows("polls", [`${store},active,${time}`]);
    expect(await storeOf(store)).toMatchObject({
      ...{ time_zone: "America/Chicago", time_zone_source: "assumed", hours_source: "assumed", business_hours: [] },
    });
  });

  it("C10 known by hours only is kept, without a state", async () => {
    const store = id();
    await sendRows("hours", [`${store},0,09:00,17:00`]);
    const found = await storeOf(store);
    expect(found).toMatchObject({ hours_source: "given", last_poll_at: null });
    expect(["closed", "no_recent_check"]).toContain(found.state);
  });
});

describe("instants of polls", () => {
  const at = "2023-01-24T09:06:42.000Z";
  const ms605 = "2023-01-24T09:06:42.605Z";
  it.each([
    ["D1", "2023-01-24 09:06:42.605777 UTC", ms605],
    ["D1", "2023-01-24 09:06:42.605999 UTC", ms605],
    ["D2", "2023-01-24 09:06:42 UTC", at],
    ["D2", "2023-01-24 09:06:42.6 UTC", "2023-01-24T09:06:42.600Z"],
    ["D2", "2023-01-24 09:06:42.60 UTC", "2023-01-24T09:06:42.600Z"],
    ["D2", "2023-01-24 09:06:42.605 UTC", ms605],
    ["D2", "2023-01-24 09:06:42.6057 UTC", ms605],
    ["D2", "2023-01-24 09:06:42.60577 UTC", ms605],
    ["D3", "2023-01-24 09:06:42.605777123 UTC", ms605],
    ["D4", "2023-01-24T09:06:42Z", at],
    ["D4", "2023-01-24 09:06:42+00:00", at],
    ["D4", "2023-01-24 09:06:42+00", at],
    ["D4", "2023-01-24 09:06:42+0000", at],
    ["D4", "2023-01-24 09:06:42-00:00", at],
    ["D5", "2023-01-24 14:36:42+05:30", at],
    ["D6", "2023-01-24 09:06:42", at],
  ])("%s accepts %s, in every form of request", async (_, written, expected) => {
    const [live, filed] = [id(), id()];
    const poll = { store_id: live, at: written, status: "active" };
    expect((await ask("/api/v1/polls", json({ polls: [poll] }))).text).toContain('"accepted":1');
    expect((await sendRows("polls", [`${filed},active,${written}`])).outcome).toBe("complete");
    for (const store of [live, filed]) expect(await pollsOf(store)).toEqual([{ at: expected, status: "active" }]);
  });

  const times: Refused[] = [
    ["D3", "2023-01-24 09:06:42.1234567890 UTC", "bad_timestamp"],
    ...["EST", "IST", "America/Chicago"].map((zone): Refused => [
      "D7",
      `2023-01-24 09:06:42 ${zone}`,
      "ambiguous_zone",
    ]),
    ...["24/01/2023", "01/24/2023 9:06", "01-02-2023"].map((text): Refused => ["D8", text, "bad_timestamp"]),
    ...["1674551202", "1674551202605", "44950.379"].map((text): Refused => ["D9", text, "bad_timestamp"]),
    ...["2023-02-29 00", "2023-02-30 00", "2023-13-01 00", "2023-01-00 00", "2023-01-24 24"].map((text): Refused => [
      "D10",
      `${text}:00:00 UTC`,
      "bad_timestamp",
    ]),
    ["D10", "2023-01-24 09:60:00 UTC", "bad_timestamp"],
    ["D11", "2016-12-31 23:59:60 UTC", "bad_timestamp"],
    ...["now", "infinity", "-infinity", "epoch", "today"].map((text): Refused => ["D12", text, "bad_timestamp"]),
    ...["0000", "0001", "9999", "99999", "1970", "1999"].map((year): Refused => [
      "D13",
      `${year}-01-01 00:00:00 UTC`,
      "timestamp_out_of_range",
    ]),
    ["D13", "0044-03-15 00:00:00 BC", "timestamp_out_of_range"],
    ["D14", inFuture(10 * 60_000), "timestamp_in_future"],
    ["D14", "2099-01-01 00:00:00 UTC", "timestamp_in_future"],
    ["D17", "", "missing_timestamp"],
  ];
  refuses("polls", times, (text) => `${id()},active,${text}`);

  it.each(times)("%s rejects %s as a live poll too: %s", async (_, text, code) => {
    const sent = await ask("/api/v1/polls", json({ polls: [{ store_id: id(), at: text, status: "active" }] }));
    expect(bodyOf(sent, PollBatchResultSchema)).toMatchObject({ accepted: 0, rejected: [{ index: 0, code }] });
  });

  it("D5, D6, D16 and D19 cause warnings", async () => {
    const warned = async (row: string): Promise<readonly string[]> => (await sendRows("polls", [row])).warnings;
    expect(await warned(`${id()},active,2023-01-24 14:36:42+05:30`)).toEqual(["offset_converted"]);
    expect(await warned(`${id()},active,2023-01-24 09:06:42`)).toEqual(["no_zone"]);
    for (const text of [` ${time}\t`, `\u00a0${time}`, `'${time}'`]) {
      expect(await warned(`${id()},active,${text}`)).toEqual(["trimmed"]);
    }
    expect(await warned(`${id()},ACTIVE,${time}`)).toEqual(["status_case"]);
  });

  it("D14 in the future never moves the as-of instant", async () => {
    const asOf = (await storeOf("0")).as_of;
    await ask("/api/v1/polls", json({ polls: [{ store_id: "0", at: inFuture(3_600_000), status: "active" }] }));
    expect((await storeOf("0")).as_of).toBe(asOf);
  });

  it("D15 ten years old is accepted, and is outside every current window", async () => {
    const store = id();
    await sendRows("polls", [`${store},active,2013-01-24 09:06:42 UTC`]);
    expect((await storeOf(store)).last_poll_at).toBe("2013-01-24T09:06:42.000Z");
    const week = await ask(`/api/v1/stores/${store}/uptime?window=week&as_of=2023-01-25T00:00:00Z`);
    expect(JSON.parse(week.text)).toMatchObject({ windows: { week: { polls: 0, up_ms: 0, down_ms: 0 } } });
  });
});

describe("status", () => {
  it.each([
    ["D18", "active", "active"],
    ["D18", "inactive", "inactive"],
    ["D19", "Active", "active"],
    ["D19", " ACTIVE ", "active"],
    ["D19", "INACTIVE", "inactive"],
  ])("%s accepts %j", async (_, written, status) => {
    const store = id();
    await sendRows("polls", [`${store},${written},${time}`]);
    expect(await pollsOf(store)).toEqual([{ at: "2023-01-24T09:06:42.000Z", status }]);
  });

  const words = ["1", "0", "true", "up", "actve", "", "🟢", "NULL"];
  refuses(
    "polls",
    words.map((text): Refused => ["D20", text, "bad_status"]),
    (text) => `${id()},${text},${time}`,
  );
});

describe("polls that repeat or contradict", () => {
  const counts = (sent: SentFile) => {
    const { accepted, duplicate, conflicting, rejected } = sent.import?.counts ?? {};
    return [accepted, duplicate, conflicting, rejected];
  };

  it("D21 exactly: one is kept, the others are duplicates", async () => {
    const row = `${id()},active,${time}`;
    expect(counts(await sendRows("polls", [row, row, row]))).toEqual([1, 2, 0, 0]);
    expect(counts(await sendRows("polls", [row]))).toEqual([0, 1, 0, 0]);
  });

  it("D22 at one instant: inactive wins, in any order, in one file or two, and is listed", async () => {
    for (const order of [
      ["active", "inactive"],
      ["inactive", "active"],
    ]) {
      const [together, apart] = [id(), id()];
      const rows = order.map((status) => `${together},${status},${time}`);
      expect(counts(await sendRows("polls", rows))).toEqual([1, 0, 1, 0]);
      for (const status of order) await sendRows("polls", [`${apart},${status},${time}`]);
      for (const store of [together, apart]) expect(await pollsOf(store)).toMatchObject([{ status: "inactive" }]);
      const listed = await ask("/api/v1/data-quality/conflicts?limit=500");
      for (const store of [together, apart]) expect(listed.text).toContain(`"${store}"`);
    }
  });

  it("D23 within one millisecond: one poll", async () => {
    const store = id();
    const rows = ["605111", "605999"].map((micros) => `${store},active,2023-01-24 09:06:42.${micros} UTC`);
    expect(counts(await sendRows("polls", rows))).toEqual([1, 1, 0, 0]);
  });

  it("D24 200,000 times: one is kept", async () => {
    const row = `${id()},active,${time}`;
    expect(counts(await sendRows("polls", Array<string>(200_000).fill(row)))).toEqual([1, 199_999, 0, 0]);
  });

  it("D25 in any order: the same result", async () => {
    const stores = [id(), id(), id()];
    const hours = Array.from({ length: 24 }, (_, hour) => `2023-01-24 ${String(hour).padStart(2, "0")}:30:00 UTC`);
    const shuffled = hours.map((_, i) => hours[(i * 7) % 24] ?? "");
    for (const [i, order] of [hours, hours.toReversed(), shuffled].entries()) {
      await sendRows(
        "polls",
        order.map((at) => `${stores[i] ?? ""},${at.includes("1") ? "active" : "inactive"},${at}`),
      );
    }
    const [first, ...others] = await Promise.all(stores.map(pollsOf));
    expect(first).toHaveLength(24);
    for (const other of others) expect(other).toEqual(first);
  });
});

import { describe, expect, it } from "vitest";
import { ProblemSchema } from "@/lib/contract/problem";
import { openViewer } from "@/lib/server/access/viewer";
import { mergeStore, undoMerge } from "@/lib/server/stores/merge-stores";
import { header, poll, sixty, importsApi } from "./test-support/imports-api";

const { database, sent, work, call, get, ended, count } = importsApi();

describe("undoing an import of polls", () => {
  const polls = async () =>
    database().sql<{ poll: string }[]>`
      select concat_ws(' ', store_id, to_char(at, 'HH24:MI'), active) as poll
      from polls join stores using (store_key) order by 1`.then((rows) => rows.map((row) => row.poll));
  const fleet = async () => {
    const [row] = await database().sql<{ newest: string | null; version: string }[]>`
      select to_char(newest_poll_at, 'HH24:MI') as newest, data_version as version from fleet_state`;
    return { newest: row?.newest, version: Number(row?.version) };
  };

  it("removes exactly what it added, and restores what it overruled", async () => {
    await ended("polls", header + poll("a", 1) + poll("a", 2) + poll("a", 3, "inactive"));
    const before = { polls: await polls(), conflicts: await count("poll_conflicts"), newest: (await fleet()).newest };
    const second = header + poll("a", 1) + poll("a", 2, "inactive") + poll("a", 3) + poll("a", 30) + poll("b", 40);
    const done = await ended("polls", second);
    expect(done.counts).toMatchObject({ accepted: 2, duplicate: 1, conflicting: 2 });
    expect(await polls()).toEqual(["a 09:01 t", "a 09:02 f", "a 09:03 f", "a 09:30 t", "b 09:40 t"]);
    const { version, newest } = await fleet();
    expect(newest).toBe("09:40");

    const asked = await call("undo", "POST", done.id);
    expect(asked.status).toBe(202);
    expect(await asked.json()).toMatchObject({ state: "undoing", progress: { phase: "undoing" }, can_undo: false });
    await work();
    expect(await get(done.id)).toMatchObject({
      state: "undone",
      undone: { polls_removed: 2, polls_restored: 1 },
      counts: { accepted: 2 },
    });
    expect({ polls: await polls(), conflicts: await count("poll_conflicts"), newest: (await fleet()).newest }).toEqual(
      before,
    );
    expect((await fleet()).version).toBe(version + 1);
    expect((await call("undo", "POST", done.id)).status).toBe(202);
    await work();
    expect((await fleet()).version).toBe(version + 1);
  });

  it("leaves no newest poll when none is left, and the file can be imported again", async () => {
    const first = await ended("polls", sixty);
    await call("undo", "POST", first.id);
    await work();
    expect(await fleet()).toMatchObject({ newest: null });
    expect(await count("polls")).toBe(0);
    expect(await ended("polls", sixty)).toMatchObject({ counts: { accepted: 60 } });
    expect(await fleet()).toMatchObject({ newest: "09:59" });
  });

  it("is refused for what was not imported", async () => {
    const { id } = await sent("polls", sixty);
    const refused = await call("undo", "POST", id);
    expect(refused.status).toBe(409);
    expect(ProblemSchema.parse(await refused.json()).code).toBe("import_not_undoable");
  });

  it("is refused while one of its stores is merged into another, and in the worker, too", async () => {
    await ended("polls", header + poll("b", 5));
    const before = await polls();
    const { id } = await ended("polls", header + poll("a", 1) + poll("b", 2));
    const mergeA = () => mergeStore(database(), openViewer, "b", { source_id: "a", dry_run: false });
    const reason =
      "1 store was merged into another after this import: a. Undo the merge first, which is possible for a day, or " +
      "delete the polls of that time. Nothing was undone.";
    const first = await mergeA();
    const merged = await polls();
    const refused = ProblemSchema.parse(await (await call("undo", "POST", id)).json());
    expect(refused).toMatchObject({ code: "import_not_undoable", detail: reason });
    await undoMerge(database(), openViewer, first.id);

    expect((await call("undo", "POST", id)).status).toBe(202);
    const second = await mergeA();
    await work();
    expect(await get(id)).toMatchObject({ state: "complete", error: { code: "import_not_undoable", detail: reason } });
    expect(await polls()).toEqual(merged);

    await undoMerge(database(), openViewer, second.id);
    await call("undo", "POST", id);
    await work();
    expect(await get(id)).toMatchObject({ state: "undone", undone: { polls_removed: 2 } });
    expect(await polls()).toEqual(before);
  });
});

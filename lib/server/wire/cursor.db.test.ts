import { describe, expect, it } from "vitest";
import { openDatabase } from "@/db/client";
import { testDb } from "@/db/testing/test-db";
import { openViewer } from "@/lib/server/access/viewer";
import { openCursor, sealCursor, type CursorList } from "./cursor";

const database = testDb();
const list: CursorList = ["stores", "q", undefined];
const isText = (value: unknown): value is string => typeof value === "string";
const open = (cursor: string, of: CursorList = list, viewer = openViewer) =>
  openCursor(database(), viewer, of, cursor, isText);
const refused = expect.objectContaining({ code: "invalid_cursor" }) as Error;

describe("a cursor", () => {
  it("keeps its position, on every replica", async () => {
    const cursor = await sealCursor(database(), openViewer, list, "här");
    expect(await open(cursor)).toBe("här");
    const other = openDatabase(database().url, { max: 1, applicationName: "test", statementTimeoutMs: 1_000 });
    expect(await openCursor(other, openViewer, list, cursor, isText)).toBe("här");
    await other.close();
  });

  it("G22 is rejected for another list, other parameters, or another viewer", async () => {
    const cursor = await sealCursor(database(), openViewer, list, "x");
    await expect(open(cursor, ["incidents", "q", undefined])).rejects.toEqual(refused);
    await expect(open(cursor, ["stores", "other", undefined])).rejects.toEqual(refused);
    await expect(open(cursor, list, { ...openViewer, account: "person:7" })).rejects.toEqual(refused);
  });

  it("G22 is rejected when it was made by hand or by another version", async () => {
    const cursor = await sealCursor(database(), openViewer, list, "x");
    const [text = "", signature = ""] = cursor.split(".");
    const forged = [
      ...[
        "",
        ".",
        "x",
        "a.b.c",
        text,
        `${text}.`,
        `.${signature}`,
        `${text}.${signature}A`,
        `${text}.${signature.slice(1)}`,
      ],
      `${Buffer.from('"y"').toString("base64url")}.${signature}`,
      `${text}.${signature.replace(/^./, (char) => (char === "A" ? "B" : "A"))}`,
      "\u0000",
      "🙂".repeat(100),
    ];
    for (const one of forged) await expect(open(one), one).rejects.toEqual(refused);
    await expect(open(await sealCursor(database(), openViewer, list, { other: "form" }))).rejects.toEqual(refused);
  });
});

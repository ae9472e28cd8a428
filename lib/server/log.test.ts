import { expect, it } from "vitest";
import { makeLog } from "./log";

function logged(act: (log: ReturnType<typeof makeLog>) => void): string {
  let text = "";
  act(
    makeLog("info", {
      write: (line) => {
        text += line;
      },
    }),
  );
  return text;
}

it("writes one JSON object per line, with the level as a word", () => {
  const text = logged((log) => {
    log.info({ reportId: 74 }, "report finished");
  });
  expect(JSON.parse(text)).toMatchObject({ level: "info", msg: "report finished", reportId: 74 });
});

it("removes secrets, by name and in the addresses that errors quote", () => {
  const cause = new Error("no route to postgresql://monitor:hunter2@db:5432/x");
  const text = logged((log) => {
    log.error({ err: new Error("cannot connect", { cause }), options: { password: "hunter2" } }, "boot failed");
  });
  expect(text).toContain("no route to postgresql://[secret]@db:5432/x");
  expect(text).not.toContain("hunter2");
});

it("writes an invalid path unchanged", () => {
  const text = logged((log) => {
    log.info({ path: null, requestId: 74 }, "zone rules");
  });
  expect(JSON.parse(text)).toMatchObject({ path: null, requestId: 74 });
});

it("removes keys from the path and the id that a caller sent", () => {
  const key = `sm_live_abcdefgh_${"s".repeat(43)}_checks`;
  const text = logged((log) => {
    log.info({ path: `/api/v1/stores/${key}`, pathname: `/${key}/x`, requestId: key }, "request");
  });
  expect(JSON.parse(text)).toMatchObject({
    path: "/api/v1/stores/sm_live_abcdefgh_[secret]",
    pathname: "/sm_live_abcdefgh_[secret]/x",
    requestId: "sm_live_abcdefgh_[secret]",
  });
  expect(text).not.toContain("sss");
});

it("omits what the driver attaches to its errors", () => {
  const error = Object.assign(new Error("duplicate key\nparams: 1,hunter2"), {
    code: "23505",
    parameters: ["hunter2"],
  });
  const text = logged((log) => {
    log.error({ err: error }, "query failed");
  });
  expect(JSON.parse(text)).toMatchObject({ err: { code: "23505", message: "duplicate key" } });
  expect(text).not.toContain("hunter2");
});

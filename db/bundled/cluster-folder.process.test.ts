import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readlinkSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bundleScript } from "@/db/testing/bundle-script";
import { hold, query } from "@/db/testing/holders";
import { childEnv } from "@/lib/server/env";
import { abandonedClusters, listClusters, removeClusterFolder } from "./cluster-folder";

const projectRoot = join(import.meta.dirname, "..", "..");

describe.runIf(process.platform === "linux" && process.getuid?.() === 0)(
  "root's database in a project of its own",
  () => {
    let home: string;
    let dataDir: string;

    beforeEach(() => {
      home = mkdtempSync(join(tmpdir(), "store-monitoring-place-"));
      // Like root's home: the user that PostgreSQL runs as cannot enter it.
      chmodSync(home, 0o700);
      dataDir = join(home, "project", ".data");
      mkdirSync(dataDir, { recursive: true });
    });
    afterEach(() => {
      for (const { folder, dataDir: owner } of listClusters(dataDir)) {
        // Other users of this machine may have clusters there, too.
        if (owner?.startsWith(home) === true) removeClusterFolder(folder);
      }
      rmSync(home, { recursive: true, force: true });
    });

    /** `npm run bundled`, for the data folder. */
    function bundled(...args: string[]): { readonly code: number | null; readonly said: string } {
      const { status, stdout, stderr } = spawnSync(process.execPath, [bundleScript("scripts/bundled.ts"), ...args], {
        cwd: projectRoot,
        env: childEnv({ DATA_DIR: dataDir }),
        encoding: "utf8",
      });
      return { code: status, said: stdout + stderr };
    }
    const listed = (folder: string) => listClusters(dataDir).find((cluster) => cluster.folder === folder);

    it("is linked from the data folder, listed, and removed", async () => {
      const first = await hold(dataDir);
      const folder = readlinkSync(join(dataDir, "pg"));
      expect(folder).toMatch(/^\/var\/lib\/embedded-pg\//);
      expect(listed(folder)).toMatchObject({ dataDir, state: "running" });
      expect(bundled("remove", folder)).toMatchObject({ code: 1, said: expect.stringContaining("in use") as string });
      await query(first.url, "create table kept as select 74 as report_id");
      await first.release();

      // A project that is moved takes its data along.
      renameSync(join(home, "project"), join(home, "moved"));
      expect(listed(folder)).toMatchObject({ state: "gone" });
      dataDir = join(home, "moved", ".data");
      const second = await hold(dataDir);
      expect(await query(second.url, "select * from kept")).toEqual([{ report_id: 74 }]);
      await second.release();
      expect(listed(folder)).toMatchObject({ dataDir, state: "stopped" });
      expect(bundled("list").said).toMatch(new RegExp(`^${folder}  \\d+ MiB  stopped  of ${dataDir}$`, "m"));
      expect(abandonedClusters()).not.toContain(folder);

      rmSync(dataDir, { recursive: true });
      expect(listed(folder)).toMatchObject({ state: "gone" });
      expect(abandonedClusters()).toContain(folder);
      expect(bundled("remove", folder).said).toMatch(new RegExp(`^removed ${folder}, \\d+ MiB$`, "m"));
      expect(existsSync(folder)).toBe(false);
      expect(existsSync(`${folder}.project`)).toBe(false);
    });

    it("is removed by its name, and another one is made at the next start", async () => {
      await (await hold(dataDir)).release();
      const folder = readlinkSync(join(dataDir, "pg"));
      expect(bundled("remove", folder).code).toBe(0);
      expect(existsSync(join(dataDir, "pg"))).toBe(false);
      const next = await hold(dataDir);
      expect(await query(next.url, "select 1 as one")).toEqual([{ one: 1 }]);
      await next.release();
      expect(bundled("remove", "nowhere").code).toBe(2);
    });
  },
);

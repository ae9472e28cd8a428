import { spawnSync } from "node:child_process";
import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const mb = 2 ** 20;

/** A disk of its own, in memory, that a test may fill. */
export interface SmallDisk {
  /** Empty at first; whoever may enter the system's temporary folder may enter it. */
  readonly folder: string;
  freeMb(): number;
  /** Takes space until so many MB are left; to take more later, again. */
  fill(leftMb: number): void;
  /** Gives all that was taken back. */
  free(): void;
  remove(): void;
}

/** @returns why there is none, where this is not a Linux whose root may mount */
export function makeSmallDisk(sizeMb: number): SmallDisk | string {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "only root of a Linux can make a small disk";
  const root = mkdtempSync(join(tmpdir(), "store-monitoring-disk-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${sizeMb}m,mode=0755`, "tmpfs", root]);
  if (mounted.status !== 0) {
    rmSync(root, { recursive: true });
    return `this system lets nobody mount a small disk: ${String(mounted.stderr).trim()}`;
  }
  const folder = join(root, "data");
  mkdirSync(folder, { mode: 0o755 });
  const filler = join(root, "filler");
  const freeBytes = (): number => {
    const { bavail, bsize, blocks } = statfsSync(root);
    // Where it is gone, what lies under it is everybody's.
    if (blocks * bsize > sizeMb * mb) throw new Error("The small disk is not there any more.");
    return bavail * bsize;
  };
  return {
    folder,
    freeMb: () => freeBytes() / mb,
    fill: (leftMb) => {
      const file = openSync(filler, "a");
      try {
        for (let left = freeBytes() - leftMb * mb; left > 0; left = freeBytes() - leftMb * mb) {
          writeSync(file, Buffer.alloc(Math.min(left, mb), 0x5a));
        }
        fsyncSync(file);
      } catch (error) {
        // To the last byte: then the system says so.
        if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
      } finally {
        closeSync(file);
      }
    },
    free: () => {
      rmSync(filler, { force: true });
    },
    remove: () => {
      spawnSync("umount", [root]);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

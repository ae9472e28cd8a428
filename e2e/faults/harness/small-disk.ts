import { spawnSync } from "node:child_process";
import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const mb = 2 ** 20;

/** A separate in-memory disk that a test may fill. */
export interface SmallDisk {
  /** Empty at first, with the permissions of the system's temporary folder. */
  readonly folder: string;
  freeMb(): number;
  /** Takes space until `leftMb` are left; can be called again to take more. */
  fill(leftMb: number): void;
  /** Frees everything that was taken. */
  free(): void;
  remove(): void;
}

/** @returns why there is none, unless this is Linux as root */
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
    // When it is gone, the mount point belongs to everyone.
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
        // To the last byte: then the system reports a full disk.
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

import { open, rename, rm, stat, statfs } from "node:fs/promises";

const reserveBytes = 64 * 2 ** 20;
/** Where less is free than so many times the reserve, it would itself be what fills the disk. */
const minFreeTimes = 32;
const checkEveryMs = 60_000;

/**
 * A file beside the data that is there to be deleted: a server whose disk is full cannot even start to read, and with
 * this space it can. It is made where there is much, and again when there is.
 */
export class DiskReserve {
  #checkedAt = -Infinity;

  /** @param folder of the cluster; null: there is none */
  constructor(private readonly folder: string | null) {}

  /** Makes it where it is missing and the disk has room; looks once a minute. */
  async maintain(): Promise<void> {
    if (this.folder === null || performance.now() - this.#checkedAt < checkEveryMs) return;
    this.#checkedAt = performance.now();
    const file = fileIn(this.folder);
    try {
      if ((await stat(file).catch(() => null)) !== null) return;
      const { bavail, bsize } = await statfs(this.folder);
      if (bavail * bsize < minFreeTimes * reserveBytes) return;
      await fill(file);
    } catch {
      // A comfort, not a need: it is tried again.
    }
  }

  /** Deletes it. @returns whether there was one */
  async drop(): Promise<boolean> {
    if (this.folder === null) return false;
    const file = fileIn(this.folder);
    if ((await stat(file).catch(() => null)) === null) return false;
    await rm(file, { force: true });
    return true;
  }
}

const fileIn = (folder: string): string => `${folder}.ballast`;

/** Whole or not at all, of real blocks: a hole in a file takes no space. */
async function fill(file: string): Promise<void> {
  const partial = `${file}.${process.pid}`;
  const handle = await open(partial, "w", 0o600);
  try {
    const piece = Buffer.alloc(2 ** 20, 0x5a);
    for (let written = 0; written < reserveBytes; written += piece.length) await handle.write(piece);
    await handle.sync();
    await handle.close();
    await rename(partial, file);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(partial, { force: true });
    throw error;
  }
}

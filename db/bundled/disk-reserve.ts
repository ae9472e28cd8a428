import { open, rename, rm, stat, statfs } from "node:fs/promises";

const reserveBytes = 64 * 2 ** 20;
/** With less free space than this many times the reserve, the reserve itself would fill the disk. */
const minFreeTimes = 32;
const checkEveryMs = 60_000;

/**
 * A file beside the data that exists to be deleted: a server whose disk is full cannot even start, and this space lets
 * it. It is created when there is plenty of space, and again later.
 */
export class DiskReserve {
  #checkedAt = -Infinity;

  /** @param folder of the cluster; null: no reserve */
  constructor(private readonly folder: string | null) {}

  /** Creates the file when it is missing and the disk has room; checks once a minute. */
  async maintain(): Promise<void> {
    if (this.folder === null || performance.now() - this.#checkedAt < checkEveryMs) return;
    this.#checkedAt = performance.now();
    const file = reserveFile(this.folder);
    try {
      if ((await stat(file).catch(() => null)) !== null) return;
      const { bavail, bsize } = await statfs(this.folder);
      if (bavail * bsize < minFreeTimes * reserveBytes) return;
      await fill(file);
    } catch {
      // Not essential: it is tried again.
    }
  }

  /** Deletes the file. @returns whether there was one */
  async drop(): Promise<boolean> {
    if (this.folder === null) return false;
    const file = reserveFile(this.folder);
    if ((await stat(file).catch(() => null)) === null) return false;
    await rm(file, { force: true });
    return true;
  }
}

/** The reserve of a cluster's folder. */
export const reserveFile = (folder: string): string => `${folder}.ballast`;

/** Writes the file completely or not at all, in real blocks: a sparse file takes no space. */
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

import { randomBytes } from "node:crypto";
import { existsSync, linkSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { explainFileError, StartError } from "@/db/start-error";

/**
 * Where a supervisor listens. Supervisors of a data folder have generations. The file of a generation is created by
 * `link`, which only one process can win, after its supervisor has started to listen. So a supervisor whose port
 * refuses is dead for good, exactly one successor can claim the next generation, and no stale lock can remain. The
 * files are named `keeper-N.json`, as in earlier versions, which may still be running.
 */
export interface SupervisorFile {
  readonly generation: number;
  readonly pid: number;
  readonly port: number;
  /** Sent by a client first. */
  readonly token: string;
  /** Sent back by the supervisor, so that another program that got its port later is not mistaken for it. */
  readonly proof: string;
}

/** The newest supervisor that was ever started, alive or not; null in a fresh folder. */
export function newestSupervisor(dataDir: string): SupervisorFile | null {
  for (let tries = 0; tries < 5; tries++) {
    if (!existsSync(dataDir)) throw new StartError(`The folder of the database, ${dataDir}, was deleted or moved.`);
    try {
      const generation = Math.max(0, ...generations(dataDir));
      if (generation === 0) return null;
      const file = parseSupervisorFile(readFileSync(fileOf(dataDir, generation), "utf8"), generation);
      if (file) return file;
    } catch (cause) {
      if (isDenied(cause)) {
        throw new StartError(
          `${dataDir} is in use by another user: start as that user, or set DATA_DIR to another folder.`,
          { cause },
        );
      }
      // Removed between the two reads: there is a newer one.
    }
  }
  throw new Error(`The files keeper-*.json in ${dataDir} are damaged: stop what runs there and delete them.`);
}

/** Makes this process the supervisor of a generation; null when another was faster. */
export function claimSupervisor(dataDir: string, generation: number, port: number): SupervisorFile | null {
  const secret = () => randomBytes(32).toString("base64url");
  const file: SupervisorFile = { generation, pid: process.pid, port, token: secret(), proof: secret() };
  const draft = join(dataDir, `.keeper-${process.pid}-${randomBytes(4).toString("hex")}`);
  try {
    writeFileSync(draft, JSON.stringify(file), { mode: 0o600 });
    linkSync(draft, fileOf(dataDir, generation));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "EEXIST") return null;
    throw explainFileError(error, dataDir, "DATA_DIR");
  } finally {
    rmSync(draft, { force: true });
  }
  // The previous file stays, because a concurrent reader must never find the folder empty.
  for (const old of generations(dataDir)) if (old < generation - 1) rmSync(fileOf(dataDir, old), { force: true });
  return file;
}

/** Whether the system denied access. */
function isDenied(error: unknown): boolean {
  return error instanceof Error && "code" in error && ["EACCES", "EPERM", "EROFS"].includes(String(error.code));
}

function fileOf(dataDir: string, generation: number): string {
  return join(dataDir, `keeper-${generation}.json`);
}

function generations(dataDir: string): number[] {
  return readdirSync(dataDir).flatMap((name) => {
    const match = /^keeper-(\d+)\.json$/.exec(name);
    return match ? [Number(match[1])] : [];
  });
}

function parseSupervisorFile(text: string, generation: number): SupervisorFile | null {
  const value: unknown = JSON.parse(text);
  if (!value || typeof value !== "object") return null;
  const { pid, port, token, proof } = value as Partial<Record<keyof SupervisorFile, unknown>>;
  if (typeof pid !== "number" || typeof port !== "number") return null;
  if (typeof token !== "string" || typeof proof !== "string") return null;
  return { generation, pid, port, token, proof };
}

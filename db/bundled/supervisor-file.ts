import { randomBytes } from "node:crypto";
import { existsSync, linkSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { explainFileError, StartError } from "@/db/start-error";

/**
 * Where a supervisor listens. Supervisors of a data folder are numbered; the file of a number is made by `link`, which one
 * process alone can win, and its supervisor listens before it makes the file. So a supervisor whose port refuses is dead for
 * good, the next number is free for exactly one successor, and no lock can be left behind.
 */
export interface SupervisorFile {
  readonly generation: number;
  readonly pid: number;
  readonly port: number;
  /** What a client says first. */
  readonly token: string;
  /** What the supervisor answers, so that a stranger who got its port later is not taken for it. */
  readonly proof: string;
}

/** The newest supervisor that ever was, alive or not; null in a fresh folder. */
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
      // Removed between the two looks: a newer one is there.
    }
  }
  throw new Error(`The files keeper-*.json in ${dataDir} are damaged: stop what runs there and delete them.`);
}

/** Makes this process the supervisor of that number; null where another was faster. */
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
  // The one before stays: who reads the folder at this moment must never find it empty.
  for (const old of generations(dataDir)) if (old < generation - 1) rmSync(fileOf(dataDir, old), { force: true });
  return file;
}

/** Whether the system said that we may not. */
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

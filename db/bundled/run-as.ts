import { readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** The user that Postgres processes run as, when it is not our own. */
export interface RunAs {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Postgres refuses to run as root, so as root it runs as the owner of `dataDir`, else as `postgres`, else as `nobody`;
 * each needs an entry in /etc/passwd, because initdb looks itself up there. Null for an ordinary user.
 * @throws {Error} as root on a machine that has none of these users
 */
export function chooseRunAs(dataDir: string): RunAs | null {
  if (process.getuid?.() !== 0) return null;
  const users = readUsers();
  const owner = statSync(dataDir).uid;
  const chosen =
    (owner === 0 ? undefined : users.find((user) => user.uid === owner)) ??
    users.find((user) => user.name === "postgres") ??
    users.find((user) => user.name === "nobody");
  if (!chosen) {
    throw new Error(
      "PostgreSQL refuses to run as root, and this machine has neither a user postgres nor a user nobody: " +
        "start as an ordinary user, or set DATABASE_URL.",
    );
  }
  return chosen;
}

/** Whether `user` can reach files in `folder`: every folder on the path must be traversable. */
export function canTraverse(folder: string, user: RunAs): boolean {
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (dirname(at) === at) return true;
  }
}

function readUsers(): RunAs[] {
  return readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .filter((fields) => fields.length >= 4)
    .map(([name = "", , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}

import { hashPassword as hash, verifyPassword as verify } from "better-auth/crypto";
import { AppError } from "@/lib/server/errors";
import { estimateStrength } from "./strength-worker";

/** Hashes passwords. Each hash uses one processor core for a while and 16 MB. */
export interface PasswordHasher {
  readonly hash: (password: string) => Promise<string>;
  readonly verify: (given: { readonly hash: string; readonly password: string }) => Promise<boolean>;
}

export interface Passwords {
  /** With a salt of its own. */
  readonly hash: (password: string) => Promise<string>;
  /** @param passwordHash null: there is no such account; takes the same work and returns false */
  readonly isOf: (passwordHash: string | null, password: string) => Promise<boolean>;
}

/** Hashes at a time: sign-ins must not take all processor time from the pages. */
const atOnce = 2;

export function makePasswords(hasher: PasswordHasher): Passwords {
  let running = 0;
  const waiting: (() => void)[] = [];
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The next one in the queue takes this place.
      if (next === undefined) running--;
      else next();
    }
  };
  const hash = (password: string): Promise<string> => inTurn(() => hasher.hash(password.normalize("NFKC")));
  /** A hash of no password, compared with when there is no account. */
  let ofNobody: Promise<string> | null = null;
  return {
    hash,
    isOf: async (passwordHash, password) => {
      ofNobody ??= hash("");
      // Awaited by every kind of call, or the first unknown account would take longer.
      const nobodys = await ofNobody;
      const matches = await inTurn(() =>
        hasher.verify({ hash: passwordHash ?? nobodys, password: password.normalize("NFKC") }),
      );
      return passwordHash !== null && matches;
    },
  };
}

/** scrypt, 128 bits of salt. */
export const passwords: Passwords = makePasswords({ hash, verify });

/** Whose password it is, as far as known: words of these make it easier to guess. */
export interface PasswordOwner {
  readonly email: string | null;
  readonly name?: string;
}

/**
 * Rejects a password that is easy to guess. The contract checks its length.
 * @throws AppError weak_password, with the reason
 */
export async function requireStrongPassword(password: string, { email, name }: PasswordOwner): Promise<void> {
  const about = [email, name].filter((text) => typeof text === "string");
  const weakness = await estimateStrength({ password, about });
  if (weakness === null) return;
  const reason = `${weakness} Choose four or more words that have nothing to do with each other, or let a password manager make one.`;
  throw new AppError("weak_password", reason, { faults: [{ pointer: "/password", code: "weak_password", reason }] });
}

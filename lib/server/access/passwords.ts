import { hashPassword as hash, verifyPassword as verify } from "better-auth/crypto";
import { AppError } from "@/lib/server/errors";

/** What hashes passwords; each takes a processor for a while and 16 MB. */
export interface PasswordHasher {
  readonly hash: (password: string) => Promise<string>;
  readonly verify: (given: { readonly hash: string; readonly password: string }) => Promise<boolean>;
}

export interface Passwords {
  /** With a salt of its own. */
  readonly hash: (password: string) => Promise<string>;
  /** @param passwordHash null: there is no such account; it takes the same work and is false */
  readonly isOf: (passwordHash: string | null, password: string) => Promise<boolean>;
}

/** So many at once: sign-ins must not take the processors from the pages. */
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
      // Whoever is next has this one's place.
      if (next === undefined) running--;
      else next();
    }
  };
  const hash = (password: string): Promise<string> => inTurn(() => hasher.hash(password.normalize("NFKC")));
  /** Of no password: what is compared with where there is no account. */
  let ofNobody: Promise<string> | null = null;
  return {
    hash,
    isOf: async (passwordHash, password) => {
      ofNobody ??= hash("");
      // Awaited by the first of either kind, or the first unknown account would take longer.
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

/** What people write where they must write twelve characters or more; compared without case, digits and signs at the end. */
const common = [
  ...["password", "passwordpassword", "mypassword", "administrator", "adminadmin", "adminadminadmin", "changeme"],
  ...["changemenow", "letmein", "letmeinplease", "letmeinnow", "welcome", "welcometo", "welcomewelcome", "iloveyou"],
  ...["iloveyouforever", "qwertyuiop", "qwertyuiopasdf", "qwertyuiopasdfghjkl", "qwertyqwerty", "asdfghjkl", "zxcvbnm"],
  ...[
    "asdfghjklzxcvbnm",
    "abcdefghijkl",
    "abcdefghijklmnop",
    "storemonitoring",
    "storemonitor",
    "correcthorsebatterystaple",
  ],
  ...["testtesttest", "testpassword", "temppassword", "temporarypassword", "secretpassword", "supersecret", "operator"],
  ...["trustno1trustno", "footballfootball", "monkeymonkey", "dragondragon", "sunshinesunshine", "princessprincess"],
];

function isCommon(password: string): boolean {
  const text = password.toLowerCase();
  const stem = text.replace(/[^a-z]+$/, "");
  const isRepeated = /^(.{1,4})\1+.{0,3}$/.test(text);
  const isCounted = "01234567890123456789012345678901234567890".includes(text) || /^\d{1,14}$/.test(text);
  return isRepeated || isCounted || common.includes(stem);
}

/**
 * Refuses what guessers try first. Its length is the contract's affair.
 * @throws AppError weak_password
 */
export function requireStrongPassword(password: string, email: string | null): void {
  const name = email?.split("@", 1)[0]?.toLowerCase() ?? "";
  const isName = name.length > 3 && password.toLowerCase().startsWith(name) && password.length < name.length + 8;
  if (!isCommon(password) && !isName) return;
  const reason = "This is one of the first passwords that are tried. Take a longer sentence that only you would write.";
  throw new AppError("weak_password", reason, { faults: [{ pointer: "/password", code: "weak_password", reason }] });
}

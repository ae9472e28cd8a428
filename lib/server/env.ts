import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { instantExample, readInstant, UnreadableInstant } from "./text/instant";

const projectRoot = process.cwd();

const portError = "must be a whole number from 0 to 65535";
const port = z.coerce.number(portError).int(portError).min(0, portError).max(65_535, portError);

const limit = z.coerce.number().int().min(0).max(10_000_000);

const databaseUrl = z
  .url({ protocol: /^postgres(ql)?$/, error: "must be like postgresql://user:password@host:5432/name" })
  .optional();

const EnvSchema = z.object({
  /** Set: this server is used and none is started. Not set: the bundled PostgreSQL. It may point to a pooler. */
  DATABASE_URL: databaseUrl,
  /** The same database without the pooler, only for LISTEN. */
  DATABASE_DIRECT_URL: databaseUrl,
  DATABASE_POOL_MAX: z.coerce.number().int().min(2).max(500).default(10),
  /** Folder of the bundled database. */
  DATA_DIR: z.string().default(join(projectRoot, ".data")),
  /** What an empty bundled database is filled with: demo data that ends now or at an instant (ISO 8601), or nothing. */
  DEMO_DATA: z
    .string()
    .refine((text) => text === "0" || text === "1" || !(readInstant(text) instanceof UnreadableInstant), {
      error: `expected 0, 1 or an instant such as ${instantExample}`,
    })
    .default("1"),
  /** Folder with `postgres` and `initdb`, instead of the bundled ones. */
  PG_BIN: z.string().optional(),
  /** Interface that serves the pages; the loopback by default, because anyone who can connect may read them. */
  HOST: z.string().default("127.0.0.1"),
  /** 0 takes any free port. */
  PORT: port.default(8000),
  /** Who has access; without it everyone, as long as only this machine can connect. */
  AUTH: z.enum(["open", "required"]).optional(),
  /** The first operator, when there is none yet; replaces the link printed at startup. */
  ADMIN_EMAIL: z.email().optional(),
  /** A file with that operator's password. */
  ADMIN_PASSWORD_FILE: z.string().optional(),
  /** The public origin of the pages, when addresses in responses must not be built from the request's Host. */
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: "must be like https://uptime.example" }).optional(),
  /** Host names that are accepted in addition to the loopback's, separated by commas. */
  ALLOWED_HOSTS: z
    .string()
    .toLowerCase()
    .transform((text) => text.split(",").map((name) => name.trim()))
    .optional(),
  /** Where to report vulnerabilities, for `/.well-known/security.txt`; not set: no such file. */
  SECURITY_CONTACT: z
    .string()
    .regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, {
      error: "must be like mailto:security@example.com or https://example.com/report",
    })
    .optional(),
  /** Fleet figures are recomputed after a change at most this often. */
  SNAPSHOT_INTERVAL_SECONDS: z.coerce.number().min(0).max(86_400).default(60),
  /** Weeks of polls that ended this many days before the newest poll are dropped; without it none are. */
  RETENTION_DAYS: z.coerce.number().int().min(22).max(36_500).optional(),
  /** After this without a heartbeat, another worker takes over a report. */
  LEASE_SECONDS: z.coerce.number().min(0.5).max(3600).default(30),
  /** Interval of a worker's heartbeat; well below the lease. */
  HEARTBEAT_SECONDS: z.coerce.number().min(0.1).max(600).default(1),
  /** Interval of the search for lost work. */
  SWEEP_SECONDS: z.coerce.number().min(0.1).max(600).default(5),
  /** Timeout of a webhook delivery. */
  WEBHOOK_TIMEOUT_SECONDS: z.coerce.number().min(0.1).max(60).default(20),
  /** Statement timeout of the web server. */
  QUERY_TIMEOUT_SECONDS: z.coerce.number().min(0.1).max(600).default(30),
  /** Proxies in front of us that append to X-Forwarded-For; 0: the peer is the client. */
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  /**
   * Requests of one client, over all replicas; 0: unlimited. Generous, because by default only this machine can
   * connect.
   */
  RATE_LIMIT_TRIGGER_PER_MINUTE: limit.default(6_000),
  RATE_LIMIT_INGEST_PER_MINUTE: limit.default(30_000),
  RATE_LIMIT_POLLS_PER_MINUTE: limit.default(6_000_000),
  RATE_LIMIT_IMPORT_PER_HOUR: limit.default(6_000),
  RATE_LIMIT_WEBHOOK_PER_MINUTE: limit.default(600),
  /** Status requests of reports and imports, downloads of CSV and NDJSON, and pages (by address). */
  RATE_LIMIT_STATUS_PER_MINUTE: limit.default(600_000),
  RATE_LIMIT_DOWNLOAD_PER_MINUTE: limit.default(6_000),
  RATE_LIMIT_PAGES_PER_MINUTE: limit.default(60_000),
  /** Reports that one account, and all accounts together, may have queued or running; 0: unlimited. */
  REPORTS_UNDER_WAY_PER_ACCOUNT: limit.default(100),
  REPORTS_UNDER_WAY: limit.default(200),
  /** Days for which ended reports, and imports with their rejects, are kept; 0: forever. */
  RESULT_RETENTION_DAYS: z.coerce.number().int().min(0).max(36_500).default(90),
  /** Sign-in attempts per account, and per client address. */
  RATE_LIMIT_SIGN_IN_PER_MINUTE: limit.default(5),
  RATE_LIMIT_SIGN_IN_ADDRESS_PER_MINUTE: limit.default(20),
  /** 1: webhooks may be sent to, and calendars fetched from, this machine and private networks, by http and any port. */
  WEBHOOK_ALLOW_PRIVATE: z.enum(["0", "1"]).default("0"),
  /** Requests in progress per web server, a page counting as four; further ones get 503 at once. */
  MAX_REQUESTS_IN_FLIGHT: z.coerce.number().int().min(1).max(10_000).default(64),
  /** Maximum size of an uploaded file in bytes. */
  IMPORT_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(2 ** 30),
  /**
   * Where the database's files are, if on this machine: free space on that disk is monitored. `npm start` sets it for
   * the bundled one.
   */
  DATABASE_DIR: z.string().optional(),
  /** Files are imported only while this much of that disk, and three times the file's size, is free. */
  DISK_FREE_MIN_BYTES: z.coerce
    .number()
    .int()
    .min(0)
    .default(2 ** 30),
  /** Ports for the metrics of the web server and of the worker; not set: no such port. */
  METRICS_PORT: port.optional(),
  WORKER_METRICS_PORT: port.optional(),
  /** Interface of those ports. */
  METRICS_HOST: z.string().default("127.0.0.1"),
  /** A file or folder with time zone rules, used when newer than the shipped rules and the system's. */
  TZDATA: z.string().optional(),
  /** The system's folder of time zone rules. */
  ZONEINFO_DIR: z.string().default("/usr/share/zoneinfo"),
  /** Set by npm for what it runs. */
  npm_lifecycle_event: z.string().optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

export type Env = z.infer<typeof EnvSchema>;

/**
 * Reads the settings; an empty value counts as not set.
 * @throws {Error} listing every fault, one per line, never a value (it may be a secret)
 */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = EnvSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The environment is not valid:\n${faults.join("\n")}\nSee .env.example.`);
}

let parsed: Env | null = null;

/** The settings of this process, from its environment and from the file `.env`; the environment takes precedence. */
export function env(): Env {
  if (parsed === null) {
    const file = join(projectRoot, ".env");
    if (existsSync(file)) process.loadEnvFile(file);
    parsed = parseEnv(process.env);
  }
  return parsed;
}

/** The environment for a child process: ours, with `extra`. */
export function childEnv(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...extra };
}

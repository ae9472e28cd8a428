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
  /** Set: this server is used, nothing is started. Not set: the bundled PostgreSQL. It may be a pooler in front of one. */
  DATABASE_URL: databaseUrl,
  /** The same database without the pooler, for LISTEN alone. */
  DATABASE_DIRECT_URL: databaseUrl,
  DATABASE_POOL_MAX: z.coerce.number().int().min(2).max(500).default(10),
  /** Folder of the bundled database. */
  DATA_DIR: z.string().default(join(projectRoot, ".data")),
  /** What an empty bundled database begins with: demo data that ends now or at an instant (ISO 8601), or nothing. */
  DEMO_DATA: z
    .string()
    .refine((text) => text === "0" || text === "1" || !(readInstant(text) instanceof UnreadableInstant), {
      error: `expected 0, 1 or an instant such as ${instantExample}`,
    })
    .default("1"),
  /** Folder with `postgres` and `initdb`, instead of the bundled ones. */
  PG_BIN: z.string().optional(),
  /** Interface the pages are served on; everybody may read them, so the loopback unless one chooses otherwise. */
  HOST: z.string().default("127.0.0.1"),
  /** 0 takes any free port. */
  PORT: port.default(8000),
  /** Who may get in; without it everybody, as long as only this machine can. */
  AUTH: z.enum(["open", "required"]).optional(),
  /** The first operator, where there is none yet: instead of the link that the start prints. */
  ADMIN_EMAIL: z.email().optional(),
  /** A file that holds that operator's password. */
  ADMIN_PASSWORD_FILE: z.string().optional(),
  /** Where people reach the pages, if the addresses in answers must not be built from the request's Host. */
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: "must be like https://uptime.example" }).optional(),
  /** Names beside the loopback's by which requests may be sent to us, with commas between. */
  ALLOWED_HOSTS: z
    .string()
    .toLowerCase()
    .transform((text) => text.split(",").map((name) => name.trim()))
    .optional(),
  /** A changed fleet gets its figures anew this often at the most. */
  SNAPSHOT_INTERVAL_SECONDS: z.coerce.number().min(0).max(86_400).default(60),
  /** Weeks of polls that ended so many days before the newest poll are dropped; without it nothing ever is. */
  RETENTION_DAYS: z.coerce.number().int().min(22).max(36_500).optional(),
  /** A report whose worker has not been heard of for so long is another's. */
  LEASE_SECONDS: z.coerce.number().min(0.5).max(3600).default(30),
  /** How often a worker is heard of; well under the lease. */
  HEARTBEAT_SECONDS: z.coerce.number().min(0.1).max(600).default(1),
  /** How often it is looked for work that was lost. */
  SWEEP_SECONDS: z.coerce.number().min(0.1).max(600).default(5),
  /** What a receiver of webhooks is given for its answer. */
  WEBHOOK_TIMEOUT_SECONDS: z.coerce.number().min(0.1).max(60).default(20),
  /** A query of the web server that runs longer is ended. */
  QUERY_TIMEOUT_SECONDS: z.coerce.number().min(0.1).max(600).default(30),
  /** Proxies in front of us that append to X-Forwarded-For; 0: the other end of the connection is the client. */
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  /** Requests of one client, over all replicas; 0 is no limit. Generous: by default only this machine gets in. */
  RATE_LIMIT_TRIGGER_PER_MINUTE: limit.default(6_000),
  RATE_LIMIT_INGEST_PER_MINUTE: limit.default(30_000),
  RATE_LIMIT_POLLS_PER_MINUTE: limit.default(6_000_000),
  RATE_LIMIT_IMPORT_PER_HOUR: limit.default(6_000),
  RATE_LIMIT_WEBHOOK_PER_MINUTE: limit.default(600),
  /** Questions for the state of a report or import, downloads of CSV and NDJSON, and pages, these by address. */
  RATE_LIMIT_STATUS_PER_MINUTE: limit.default(600_000),
  RATE_LIMIT_DOWNLOAD_PER_MINUTE: limit.default(6_000),
  RATE_LIMIT_PAGES_PER_MINUTE: limit.default(60_000),
  /** Reports that one account, and all together, may have queued or running; 0 is no limit. */
  REPORTS_UNDER_WAY_PER_ACCOUNT: limit.default(100),
  REPORTS_UNDER_WAY: limit.default(200),
  /** Days after its end for which a report, or an import with its rejects, is kept; 0: for ever. */
  RESULT_RETENTION_DAYS: z.coerce.number().int().min(0).max(36_500).default(90),
  /** Attempts to sign in to one account, and from one address. */
  RATE_LIMIT_SIGN_IN_PER_MINUTE: limit.default(5),
  RATE_LIMIT_SIGN_IN_ADDRESS_PER_MINUTE: limit.default(20),
  /** 1: webhooks may be sent to this machine and private networks, by http and to any port. */
  WEBHOOK_ALLOW_PRIVATE: z.enum(["0", "1"]).default("0"),
  /** Requests that a web server works on at a time, a page counting as four; what is more gets 503 at once. */
  MAX_REQUESTS_IN_FLIGHT: z.coerce.number().int().min(1).max(10_000).default(64),
  /** Bytes that a file sent to be imported may have. */
  IMPORT_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(2 ** 30),
  /** Where the database's files lie, if on this machine: their disk is watched. `npm start` sets it for the bundled one. */
  DATABASE_DIR: z.string().optional(),
  /** Files are imported only while so much of that disk, and three times the file, is free. */
  DISK_FREE_MIN_BYTES: z.coerce
    .number()
    .int()
    .min(0)
    .default(2 ** 30),
  /** The metrics of the web server and of the worker, each on a port of its own; not set: no such port. */
  METRICS_PORT: port.optional(),
  WORKER_METRICS_PORT: port.optional(),
  /** Interface of those ports. */
  METRICS_HOST: z.string().default("127.0.0.1"),
  /** A file or folder with time zone rules: used where it is newer than the shipped rules and the system's. */
  TZDATA: z.string().optional(),
  /** The system's folder of time zone rules. */
  ZONEINFO_DIR: z.string().default("/usr/share/zoneinfo"),
  /** Set by npm for what it runs. */
  npm_lifecycle_event: z.string().optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

export type Env = z.infer<typeof EnvSchema>;

/**
 * Reads the settings; an empty value counts as none.
 * @throws {Error} with every fault at once, a line each, never with a value (it may be a secret)
 */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = EnvSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The environment is not valid:\n${faults.join("\n")}\nSee .env.example.`);
}

let parsed: Env | null = null;

/** The settings of this process, from its environment and from the file `.env`, which yields to it. */
export function env(): Env {
  if (parsed === null) {
    const file = join(projectRoot, ".env");
    if (existsSync(file)) process.loadEnvFile(file);
    parsed = parseEnv(process.env);
  }
  return parsed;
}

/** The environment for a process that we start: ours, with `extra`. */
export function childEnv(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...extra };
}

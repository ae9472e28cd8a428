import { connect, type Socket } from "node:net";
import postgres from "postgres";
import { openProbe } from "./probe-connection";
import { databaseErrorCode } from "./connection-errors";
import { StartError } from "./start-error";

const oldestMajor = 15;
const answerMs = 5_000;
/** `SSLRequest`: a PostgreSQL responds with one byte whether it supports TLS, before any sign-in. */
const question = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const postgresAnswers = new Set(["S", "N", "E"]);

/** The host that the driver connects to for a URL. */
interface Target {
  /** `host:port`, or the path of a socket. */
  readonly place: string;
  readonly path: string | null;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly ssl: unknown;
  readonly isOne: boolean;
}

/**
 * Checks that the server at `url` is usable: reachable, a PostgreSQL, new enough, and that our user may sign in, write
 * and create tables.
 * @throws {StartError} naming cause and remedy, within a few seconds
 */
export async function checkServer(url: string): Promise<void> {
  const target = targetOf(url);
  if (target.isOne) await requirePostgres(target);
  const sql = openProbe(url);
  try {
    const [server] = await within(
      sql<ServerRow[]>`
      select current_setting('server_version_num')::int as version, current_setting('server_version') as version_text,
        pg_is_in_recovery() as standby, current_setting('transaction_read_only') = 'on' as read_only,
        current_setting('server_encoding') as encoding`.simple(),
    );
    if (server !== undefined) requireUsable(server, target);
    const [may] = await sql<RightsRow[]>`
      select has_database_privilege(current_database(), 'create') or to_regnamespace('drizzle') is not null as schemas,
        coalesce(has_schema_privilege(to_regnamespace('public'), 'create'), false) as tables`.simple();
    if (may !== undefined) requireRights(may, target);
  } catch (error) {
    throw error instanceof StartError ? error : explained(error, target);
  } finally {
    await sql.end({ timeout: 0 });
  }
}

/** The same error in words, when an operator can act on it. @param url of the database that was used */
export function explainDatabaseError(error: unknown, url: string): unknown {
  return error instanceof StartError || databaseErrorCode(error) === null ? error : explained(error, targetOf(url));
}

interface ServerRow {
  readonly version: number;
  readonly version_text: string;
  readonly standby: boolean;
  readonly read_only: boolean;
  readonly encoding: string;
}

interface RightsRow {
  readonly schemas: boolean;
  readonly tables: boolean;
}

function targetOf(url: string): Target {
  // Connects only on the first query.
  const { path, host, port, user, database, ssl } = postgres(url, { max: 1 }).options;
  const [onlyHost = "", onlyPort = 5432] = [host[0], port[0]];
  const place = path || host.map((name, i) => `${name}:${port[i] ?? onlyPort}`).join(", ");
  return { place, path: path || null, host: onlyHost, port: onlyPort, user, database, ssl, isOne: host.length <= 1 };
}

async function requirePostgres(target: Target): Promise<void> {
  const { place, ssl } = target;
  const answer = await firstByte(target).catch((error: unknown) => {
    throw explained(error, target);
  });
  if (answer === null) {
    throw new StartError(
      `The program at ${place} is not a PostgreSQL server: correct host and port in DATABASE_URL (PostgreSQL's default is 5432).`,
    );
  }
  if (answer === "N" && ssl !== false && ssl !== undefined && ssl !== "prefer" && ssl !== "allow") {
    throw new StartError(
      `The server at ${place} does not offer TLS, which sslmode in DATABASE_URL demands: turn on ssl there, or leave sslmode out.`,
    );
  }
}

/** The server's response to SSLRequest; null when it is not PostgreSQL's. */
function firstByte({ path, host, port }: Target): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const socket: Socket = path === null ? connect(port, host) : connect(path);
    const timer = setTimeout(() => {
      end();
      // Connected, but without a response: another program listens there.
      if (socket.bytesWritten > 0 && !socket.connecting) resolve(null);
      else reject(Object.assign(new Error("no answer"), { code: "ETIMEDOUT" }));
    }, answerMs);
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
    };
    socket.once("connect", () => socket.write(question));
    socket.once("data", (bytes: Buffer) => {
      end();
      const answer = String.fromCharCode(bytes[0] ?? 0);
      resolve(postgresAnswers.has(answer) && (answer === "E" || bytes.length === 1) ? answer : null);
    });
    socket.once("error", (error) => {
      end();
      reject(error);
    });
    socket.once("close", () => {
      end();
      resolve(null);
    });
  });
}

/** The driver reconnects forever to a server that closes connections at once. */
async function within<T>(asking: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(Object.assign(new Error("no answer"), { code: "CONNECT_TIMEOUT" }));
    }, 2 * answerMs);
  });
  try {
    return await Promise.race([asking, late]);
  } finally {
    clearTimeout(timer);
  }
}

function requireUsable(server: ServerRow, { place, database }: Target): void {
  if (server.version < oldestMajor * 10_000) {
    throw new StartError(
      `The server at ${place} is PostgreSQL ${server.version_text}, but ${oldestMajor} or newer is required: upgrade it, or set DATABASE_URL to another one.`,
    );
  }
  if (server.standby) {
    throw new StartError(
      `The server at ${place} is a standby, which takes no writes: set DATABASE_URL to the primary, or promote this one.`,
    );
  }
  if (server.read_only) {
    throw new StartError(
      `The database ${quoted(database)} at ${place} takes no writes (default_transaction_read_only is on): turn that off for it or its user, or set DATABASE_URL to another one.`,
    );
  }
  if (server.encoding !== "UTF8") {
    throw new StartError(
      `The database ${quoted(database)} at ${place} has the encoding ${server.encoding}, but UTF8 is required: create another with ENCODING 'UTF8' TEMPLATE template0, and set DATABASE_URL to it.`,
    );
  }
}

function requireRights(may: RightsRow, { user, database, place }: Target): void {
  if (may.schemas && may.tables) return;
  const grants = [
    ...(may.schemas ? [] : [`GRANT CREATE ON DATABASE ${quoted(database)} TO ${quoted(user)}`]),
    ...(may.tables ? [] : [`GRANT USAGE, CREATE ON SCHEMA public TO ${quoted(user)}`]),
  ];
  throw new StartError(
    `The user ${quoted(user)} may not create objects in the database ${quoted(database)} at ${place}: run ${grants.join(" and ")} as its owner, or set DATABASE_URL to another user.`,
  );
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Sentences by SQLSTATE, network error code, or the message of a pooler, which has one code for everything. */
const explanations: readonly (readonly [matches: RegExp, sentence: (target: Target, words: string) => string])[] = [
  [
    /^ECONNREFUSED|^ENOENT/,
    ({ place }) => `Nothing listens at ${place}: start PostgreSQL there, or correct host and port in DATABASE_URL.`,
  ],
  [/^ENOTFOUND|^EAI_/, ({ host }) => `The host name ${host} does not resolve: correct it in DATABASE_URL, or fix DNS.`],
  [
    /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|CONNECT_TIMEOUT)/,
    ({ place }) =>
      `${place} does not respond: check that it can be reached from here (network, firewall), or correct DATABASE_URL.`,
  ],
  [
    /^28P01|password authentication failed|SASL authentication failed|no such user/i,
    ({ user, place }) =>
      `The server at ${place} refuses the user ${quoted(user)} with this password: correct user and password in DATABASE_URL.`,
  ],
  [
    /^3D000|no such database/i,
    ({ database, place }) =>
      `The server at ${place} has no database ${quoted(database)}: create it (CREATE DATABASE ${quoted(database)}), or correct the name in DATABASE_URL.`,
  ],
  [
    /^28000/,
    ({ user, place }, words) =>
      `The server at ${place} rejects ${quoted(user)} (${words}): allow it in pg_hba.conf, or correct DATABASE_URL (sslmode=require where it asks for encryption).`,
  ],
  [
    /^53300|no more connections allowed/i,
    ({ place }) =>
      `The server at ${place} has no connection free: raise max_connections there, or stop other programs or lower DATABASE_POOL_MAX.`,
  ],
  [
    /^57P03|starting up|shutting down/i,
    ({ place }) => `The server at ${place} is starting or shutting down: try again in a moment.`,
  ],
  [
    /^53100|No space left on device/i,
    ({ place }) => `The disk of the database at ${place} is full: free some space there, then start again.`,
  ],
  [/^25006/, ({ place }) => `The database at ${place} takes no writes: set DATABASE_URL to the primary server.`],
  [
    /^42501/,
    ({ user, place }, words) =>
      `The user ${quoted(user)} may not change the tables at ${place} (${words}): make it their owner, or set DATABASE_URL to their owner.`,
  ],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/,
    ({ place }, words) =>
      `The certificate of the server at ${place} cannot be verified (${words}): add its certificate authority to NODE_EXTRA_CA_CERTS, or correct the host in DATABASE_URL.`,
  ],
  [
    /^(CONNECTION_|ECONNRESET|EPIPE|08)/,
    ({ place }, words) =>
      `The connection to the server at ${place} was lost (${words}): look at its log, and check DATABASE_URL.`,
  ],
];

function explained(error: unknown, target: Target): Error {
  const code = databaseErrorCode(error) ?? "";
  const words = innermost(error);
  for (const [matches, sentence] of explanations) {
    if (matches.test(code) || (code.startsWith("08") && matches.test(words))) {
      return new StartError(sentence(target, words), { cause: error });
    }
  }
  return error instanceof Error ? error : new Error(String(error));
}

function innermost(error: unknown): string {
  let message = String(error);
  for (let cause = error; cause instanceof Error; cause = cause.cause) message = cause.message;
  return message.split("\n")[0] ?? "";
}

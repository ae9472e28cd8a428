import type { Viewer } from "@/lib/server/access/viewer";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Database } from "@/db/client";
import { limiterStore, rateLimitsTable } from "@/db/queries/bulk/rate-limits";
import { getDatabase } from "@/lib/server/database";
import { env, type Env } from "@/lib/server/env";
import { AppError } from "@/lib/server/errors";
import { clientAddressHeader } from "./client-address";
import type { HandlerContext, RouteHandler } from "./handle";
import { PointLeases, type LeasedPoints } from "./point-leases";
import type { ApiRequest } from "./api-request";

/** What limits count by: the caller and the client address. */
function callerOf({ principal }: Viewer, request: ApiRequest): string {
  return `${principal} ${request.headers.get(clientAddressHeader) ?? ""}`;
}

const limits = {
  trigger: { setting: "RATE_LIMIT_TRIGGER_PER_MINUTE", seconds: 60 },
  ingest: { setting: "RATE_LIMIT_INGEST_PER_MINUTE", seconds: 60 },
  polls: { setting: "RATE_LIMIT_POLLS_PER_MINUTE", seconds: 60 },
  import: { setting: "RATE_LIMIT_IMPORT_PER_HOUR", seconds: 3600 },
  webhook: { setting: "RATE_LIMIT_WEBHOOK_PER_MINUTE", seconds: 60 },
  status: { setting: "RATE_LIMIT_STATUS_PER_MINUTE", seconds: 60 },
  download: { setting: "RATE_LIMIT_DOWNLOAD_PER_MINUTE", seconds: 60 },
  pages: { setting: "RATE_LIMIT_PAGES_PER_MINUTE", seconds: 60 },
  sign_in: { setting: "RATE_LIMIT_SIGN_IN_PER_MINUTE", seconds: 60 },
  sign_in_address: { setting: "RATE_LIMIT_SIGN_IN_ADDRESS_PER_MINUTE", seconds: 60 },
} as const satisfies Record<string, { readonly setting: keyof Env; readonly seconds: number }>;

export type LimitName = keyof typeof limits;

/** A limit that is counted in the database for all replicas together. */
export interface Limiter {
  /**
   * Counts one request, or `points`.
   * @returns headers for the response
   * @throws AppError rate_limited, with these headers and `Retry-After`
   */
  count(caller: string, points?: number): Promise<Readonly<Record<string, string>>>;
}

/** A replica leases a twentieth of a limit at a time, so that few requests wait for the database. */
const leasesOfLimit = 20;

/** @param points requests within `seconds` */
export function makeLimiter(database: Database, name: LimitName, points: number, seconds: number): Limiter {
  const shared = new RateLimiterPostgres({
    storeClient: limiterStore(database),
    storeType: "client",
    tableName: rateLimitsTable,
    tableCreated: true,
    keyPrefix: name,
    points,
    duration: seconds,
    // A caller over the limit is rejected from memory, so that hammering costs the database nothing.
    inMemoryBlockOnConsumed: points + 1,
    // While the database is unavailable each replica counts for itself.
    insuranceLimiter: new RateLimiterMemory({ keyPrefix: name, points, duration: seconds }),
  });
  const take = async (caller: string, wanted: number): Promise<LeasedPoints> => {
    const said = await shared.consume(caller, wanted).catch((refusal: unknown) => {
      if (refusal instanceof RateLimiterRes) return refusal;
      throw refusal;
    });
    const { consumedPoints, remainingPoints: remaining, msBeforeNext } = said;
    // A caller known to be over the limit was rejected without being counted.
    if (consumedPoints < wanted) return { granted: 0, remaining, msBeforeNext };
    // When fewer were left than wanted, we still get those.
    return { granted: Math.max(0, wanted - Math.max(0, consumedPoints - points)), remaining, msBeforeNext };
  };
  const leases = new PointLeases(Math.max(1, Math.floor(points / leasesOfLimit)), take);
  const what = name === "polls" ? "polls" : "requests";
  return {
    count: async (caller, used = 1) => {
      const { taken, remaining, msBeforeNext } = await leases.count(caller, used);
      const headers = {
        "ratelimit-policy": `"${name}";q=${points};w=${seconds}`,
        ratelimit: `"${name}";r=${remaining};t=${Math.ceil(msBeforeNext / 1000)}`,
      };
      if (taken) return headers;
      // Spread over time, or all callers would retry in the same second.
      const retryAfter = Math.ceil(msBeforeNext / 1000 + Math.random() * 2);
      throw new AppError("rate_limited", `At most ${points} of these ${what} are allowed within ${seconds} seconds.`, {
        headers: { ...headers, "retry-after": String(retryAfter) },
      });
    },
  };
}

const limiters = new WeakMap<Database, Map<LimitName, Limiter>>();

/** The limiter of the web server; null when the settings define no limit. */
function limiterOf(name: LimitName): Limiter | null {
  const database = getDatabase();
  const { setting, seconds } = limits[name];
  const points = env()[setting];
  if (points === 0) return null;
  const made = limiters.get(database) ?? new Map<LimitName, Limiter>();
  limiters.set(database, made);
  const limiter = made.get(name) ?? makeLimiter(database, name, points, seconds);
  made.set(name, limiter);
  return limiter;
}

/** The parts of a request's context that a limit needs, and where it reports what is left. */
type Counted = Pick<HandlerContext<unknown>, "viewer" | "answerHeaders">;

/**
 * Counts what a request takes of a limit, and reports what is left in the response headers.
 * @param points in addition to the request itself, such as the polls of a batch
 * @throws AppError rate_limited
 */
export async function countPoints(
  name: LimitName,
  request: ApiRequest,
  { viewer, answerHeaders }: Counted,
  points = 1,
): Promise<void> {
  const headers = await limiterOf(name)?.count(callerOf(viewer, request), points);
  for (const [header, value] of Object.entries(headers ?? {})) answerHeaders.append(header, value);
}

/** Limits how many requests of a caller reach `handler`. The others get 429 with `Retry-After`. */
export function limited<P>(name: LimitName, handler: RouteHandler<P>): RouteHandler<P> {
  return async (request, context) => {
    await countPoints(name, request, context);
    return handler(request, context);
  };
}

/**
 * Counts a sign-in attempt by client address and by the account that it names, whether or not that exists.
 * @throws AppError rate_limited
 */
export async function limitSignIn(request: ApiRequest, account: string | null): Promise<void> {
  await limiterOf("sign_in_address")?.count(request.headers.get(clientAddressHeader) ?? "");
  if (account !== null) await limiterOf("sign_in")?.count(account);
}

/** Counts a page, or a prefetched part of one, by client address. @throws AppError rate_limited */
export async function limitPage(address: string): Promise<void> {
  await limiterOf("pages")?.count(address);
}

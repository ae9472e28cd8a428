import { AppError } from "@/lib/server/errors";
import type { RouteHandler } from "./handle";

const refuse: RouteHandler<unknown> = (request) => {
  throw new AppError("not_found", `There is nothing at ${new URL(request.url).pathname.slice(0, 200)}.`);
};

/** For addresses that no other route serves: 404 for every method, as problem+json rather than a page. */
export const notFoundHandlers = { GET: refuse, POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse } as const;

import { AppError } from "@/lib/server/errors";

/** The same for every cause, so that an attacker learns nothing. */
export function unauthenticated(): AppError {
  return new AppError("unauthenticated", "Sign in, or send a valid key as Authorization: Bearer sm_live_….", {
    headers: { "www-authenticate": 'Bearer realm="store monitoring"' },
  });
}

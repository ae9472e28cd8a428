import { env } from "@/lib/server/env";
import type { ApiRequest } from "./api-request";

/** Host and port that the caller sent the request to. */
export function requestHost(request: ApiRequest): string {
  const given = request.headers.get("host");
  const isHost = given !== null && /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/.test(given);
  return isHost ? given : new URL(request.url).host;
}

/**
 * The origin under which the caller reached us, for absolute addresses in responses: PUBLIC_URL, or the request's Host.
 * @returns scheme and host without a trailing slash
 */
export function requestOrigin(request: ApiRequest): string {
  const { PUBLIC_URL } = env();
  if (PUBLIC_URL !== undefined) return PUBLIC_URL.replace(/\/+$/, "");
  return `${new URL(request.url).protocol}//${requestHost(request)}`;
}

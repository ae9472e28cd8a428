import { env } from "@/lib/server/env";

/** Whether the settings allow requests to this machine and private networks. */
export function privateAddressesAllowed(): boolean {
  return env().WEBHOOK_ALLOW_PRIVATE === "1";
}

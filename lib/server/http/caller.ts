import type { Viewer } from "@/lib/server/access/viewer";
import { clientAddressHeader } from "./client-address";

/** Whom limits count: who asks, and from where. */
export function callerOf({ principal }: Viewer, request: Request): string {
  return `${principal} ${request.headers.get(clientAddressHeader) ?? ""}`;
}

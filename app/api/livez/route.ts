import { handle } from "@/lib/server/http/handle";
import { jsonResponse } from "@/lib/server/http/text-response";

/** Only that the process responds: does not use the database or anything else. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/livez", {
  GET: () => jsonResponse({ status: "alive" }),
});

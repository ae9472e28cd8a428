import { handle } from "@/lib/server/http/handle";

/** Only that the process responds: does not use the database or anything else. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/livez", {
  GET: () => Response.json({ status: "alive" }),
});

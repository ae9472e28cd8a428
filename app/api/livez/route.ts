import { handle } from "@/lib/server/http/handle";

/** That the process answers at all: neither the database nor anything else is asked. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/livez", {
  GET: () => Response.json({ status: "alive" }),
});

import { handle } from "@/lib/server/http/handle";
import { notFoundHandlers } from "@/lib/server/http/not-found";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle(null, notFoundHandlers);

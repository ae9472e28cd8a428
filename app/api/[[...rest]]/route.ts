import { handle } from "@/lib/server/http/handle";
import { nothingHere } from "@/lib/server/http/nothing-here";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle(null, nothingHere);

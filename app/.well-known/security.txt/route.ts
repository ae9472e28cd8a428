import { env } from "@/lib/server/env";
import { AppError } from "@/lib/server/errors";
import { handle } from "@/lib/server/http/handle";
import { securityText } from "@/lib/server/http/security-text";
import { TextResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/.well-known/security.txt", {
  GET: () => {
    const { SECURITY_CONTACT: contact, PUBLIC_URL: publicUrl } = env();
    if (contact === undefined) throw new AppError("not_found", "SECURITY_CONTACT is not set.");
    const text = securityText(contact, publicUrl ?? null, Date.now());
    return new TextResponse(text, { headers: { "content-type": "text/plain; charset=utf-8" } });
  },
});

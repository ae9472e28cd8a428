import { scopes } from "@/lib/contract/scopes";
import type { SessionInfo } from "@/lib/contract/access";
import { accessMode } from "./mode";

/** Who looks at a page, as pages tell it; null for somebody who has not signed in. */
export function pageSession(): Promise<SessionInfo | null> {
  if (accessMode() === "required") return Promise.resolve(null);
  return Promise.resolve({ access: "open", person: null, scopes: [...scopes], whole_fleet: true });
}

import { faultPoint } from "@/lib/faults/fault-point";
import type { SessionInfo } from "@/lib/contract/access";
import { accessMode } from "@/lib/server/access/mode";
import { pagePerson } from "./page-viewer";
import { openInfo, personInfo } from "@/lib/server/access/session-info";

/** Who looks at a page, as pages tell it; null for somebody who has not signed in. */
export async function pageSession(): Promise<SessionInfo | null> {
  await faultPoint("page.framed");
  if (accessMode() === "open") return openInfo;
  const person = await pagePerson();
  return person === null ? null : personInfo(person);
}

import { faultPoint } from "@/lib/faults/fault-point";
import type { SessionInfo } from "@/lib/contract/access";
import { accessMode } from "@/lib/server/access/mode";
import { pagePerson } from "./page-viewer";
import { openInfo, personInfo } from "@/lib/server/access/session-info";

/** The viewer of a page in the form that pages use; null without sign-in. */
export async function pageSession(): Promise<SessionInfo | null> {
  await faultPoint("page.framed");
  if (accessMode() === "open") return openInfo;
  const person = await pagePerson();
  return person === null ? null : personInfo(person);
}

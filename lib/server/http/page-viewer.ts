import { headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { cache } from "react";
import { faultPoint } from "@/lib/faults/fault-point";
import type { SessionPerson } from "@/db/queries/bulk/credentials";
import type { OperationAccess } from "@/lib/contract/scopes";
import { signInAddress } from "@/lib/contract/return-address";
import { getDatabase } from "@/lib/server/database";
import { pageAddressHeader } from "./request-path";
import { accessMode } from "@/lib/server/access/mode";
import { personViewer } from "@/lib/server/access/person-viewer";
import { addressOf, signedInPerson } from "./request-viewer";
import { isSetUp } from "@/lib/server/access/setup-state";
import { isAllowed, openViewer, type Viewer } from "@/lib/server/access/viewer";

/** The signed-in person, looked up once per request; null without one, and in open mode. */
export const pagePerson = cache(async (): Promise<SessionPerson | null> => signedInPerson(await headers()));

/** The viewer of a page. Without sign-in, redirects to the sign-in page and back afterwards. */
export const pageViewer = cache(async (): Promise<Viewer> => {
  await faultPoint("page.read");
  if (accessMode() === "open") return openViewer;
  const person = await pagePerson();
  const asked = await headers();
  if (person !== null) return personViewer(person, addressOf(asked));
  redirect((await isSetUp(getDatabase())) ? signInAddress(asked.get(pageAddressHeader)) : "/setup");
});

/** Like `pageViewer`, for a page that requires a scope. Viewers without it get 403 and the page that says so. */
export async function allowedViewer(access: OperationAccess): Promise<Viewer> {
  const viewer = await pageViewer();
  if (!isAllowed(viewer, access)) forbidden();
  return viewer;
}

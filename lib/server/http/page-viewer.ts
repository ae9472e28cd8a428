import { headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { cache } from "react";
import { faultPoint } from "@/lib/faults/fault-point";
import type { SessionPerson } from "@/db/queries/sessions";
import type { OperationAccess } from "@/lib/contract/scopes";
import { signInAddress } from "@/lib/contract/return-address";
import { getDatabase } from "@/lib/server/database";
import { pageAddressHeader } from "./request-path";
import { accessMode } from "@/lib/server/access/mode";
import { personViewer } from "@/lib/server/access/person-viewer";
import { addressOf, signedInPerson } from "./request-viewer";
import { isSetUp } from "@/lib/server/access/setup-state";
import { isAllowed, openViewer, type Viewer } from "@/lib/server/access/viewer";

/** Who has signed in, looked up once a request; null where nobody has, or there is no access control. */
export const pagePerson = cache(async (): Promise<SessionPerson | null> => signedInPerson(await headers()));

/** Who looks at a page; whoever has not signed in is sent to do that, and then back. */
export const pageViewer = cache(async (): Promise<Viewer> => {
  await faultPoint("page.read");
  if (accessMode() === "open") return openViewer;
  const person = await pagePerson();
  const asked = await headers();
  if (person !== null) return personViewer(person, addressOf(asked));
  redirect((await isSetUp(getDatabase())) ? signInAddress(asked.get(pageAddressHeader)) : "/setup");
});

/** As `pageViewer`, for a page that not everybody may see: the others get 403 and the page that says so. */
export async function allowedViewer(access: OperationAccess): Promise<Viewer> {
  const viewer = await pageViewer();
  if (!isAllowed(viewer, access)) forbidden();
  return viewer;
}

import type { SessionPerson } from "@/db/queries/bulk/credentials";
import type { SessionInfo } from "@/lib/contract/access";
import { personViewer } from "./person-viewer";
import { openViewer, type Viewer } from "./viewer";

function toInfo(viewer: Viewer, access: SessionInfo["access"], person: SessionPerson | null): SessionInfo {
  return {
    access,
    person: person === null ? null : { id: person.personId, name: person.name, email: person.email, role: person.role },
    scopes: [...viewer.scopes],
    whole_fleet: viewer.stores === "all",
  };
}

/** Who is signed in, and what they may do. */
export function personInfo(person: SessionPerson): SessionInfo {
  return toInfo(personViewer(person, ""), "person", person);
}

/** What everyone may do in open mode. */
export const openInfo: SessionInfo = toInfo(openViewer, "open", null);

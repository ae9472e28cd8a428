import type { Metadata } from "next";
import { AccessDenied } from "@/components/access/access-denied";

export const metadata: Metadata = { title: "Access denied" };

/** The edit page of a store that the viewer may only view, with status 403. */
export default function EditForbidden() {
  return (
    <AccessDenied title="You don’t have edit access">
      You can view this store but not edit it. Ask an operator for edit access.
    </AccessDenied>
  );
}

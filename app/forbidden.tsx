import type { Metadata } from "next";
import { AccessDenied } from "@/components/access/access-denied";

export const metadata: Metadata = { title: "Access denied" };

/** A page that the viewer may not see, with status 403. */
export default function Forbidden() {
  return (
    <AccessDenied title="You don’t have access to this page">
      This page is for operators. Ask an operator if you need access.
    </AccessDenied>
  );
}

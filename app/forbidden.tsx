import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** A page that the viewer may not see, with status 403. */
export default function Forbidden() {
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">Not allowed</h1>
      <EmptyState title="Your account may not see this page">
        <p>It is for operators, who see all stores. Ask one of them if you need it, or for what it shows.</p>
        <Link href="/" className={buttonClass()}>
          Your stores
        </Link>
      </EmptyState>
    </>
  );
}

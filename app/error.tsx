"use client";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** Of a part that the page needed now and did not get: the server has another build by now, or cannot be reached. */
const isMissingPart = (error: Error): boolean =>
  error.name === "ChunkLoadError" || /loading (css )?chunk|load chunk|dynamically imported module/i.test(error.message);

function OutdatedPage() {
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">There is a new version of this page</h1>
      <EmptyState title="A part of the old one is gone">
        <p>Nothing is lost. The page was opened before the server was brought up to date; load it anew.</p>
        <Button
          onClick={() => {
            location.reload();
          }}
        >
          Load it anew
        </Button>
      </EmptyState>
    </>
  );
}

/** What a page shows when the server failed while making it. The digest finds the error in the server's log. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  if (isMissingPart(error)) return <OutdatedPage />;
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">Something went wrong on our side</h1>
      <EmptyState title="This page could not be loaded">
        <p>
          Nothing is lost. Try again; if it stays, ask whoever runs this server
          {error.digest === undefined ? "." : " and name the error:"}
        </p>
        {error.digest !== undefined && <p className="text-ink font-mono text-xs">{error.digest}</p>}
        <Button
          onClick={() => {
            reset();
          }}
        >
          Try again
        </Button>
      </EmptyState>
    </>
  );
}

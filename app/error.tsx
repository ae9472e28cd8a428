"use client";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** Of a part that the page needed now and did not get: the server has another build by now, or cannot be reached. */
const isMissingPart = (error: Error): boolean =>
  error.name === "ChunkLoadError" || /loading (css )?chunk|load chunk|dynamically imported module/i.test(error.message);

function OutdatedPage() {
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">New version available</h1>
      <EmptyState title="This page is out of date">
        <p>The server was updated after you opened this page. Reload to continue.</p>
        <Button
          onClick={() => {
            location.reload();
          }}
        >
          Reload
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
      <h1 className="mb-4 text-xl font-semibold tracking-tight">Something went wrong</h1>
      <EmptyState title="Couldn’t load this page">
        <p>
          Try again. If it persists, contact your administrator
          {error.digest === undefined ? "." : " with this error code:"}
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

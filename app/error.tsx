"use client";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** What a page shows when the server failed while making it. The digest finds the error in the server's log. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">Something went wrong on our side</h1>
      <EmptyState title="This page could not be made">
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

import type { UseQueryResult } from "@tanstack/react-query";
import { RequestError } from "@/lib/client/fetch-json";
import { Button } from "./button";
import { Notice } from "./notice";

type Refreshed = Pick<UseQueryResult, "error" | "refetch" | "isRefetchError">;

/** Says that what is shown could not be brought up to date, while it still is shown; nothing else. */
export function RefreshNotice({ queries }: { queries: readonly Refreshed[] }) {
  const failed = queries.filter(({ isRefetchError }) => isRefetchError);
  const error = failed[0]?.error;
  if (!error) return null;
  const requestId = error instanceof RequestError ? error.requestId : null;
  return (
    <Notice tone="warn">
      <div role="status" className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span>
          <strong className="font-semibold">Couldn’t refresh this page.</strong> {error.message}
          {requestId !== null && (
            <>
              {" "}
              Request ID <code className="font-mono text-xs break-all">{requestId}</code>
            </>
          )}
        </span>
        <Button
          data-noprint
          onClick={() => {
            for (const { refetch } of failed) void refetch();
          }}
        >
          Try again
        </Button>
      </div>
    </Notice>
  );
}

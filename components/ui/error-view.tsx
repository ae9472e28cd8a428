"use client";

import { CircleX } from "lucide-react";
import { RequestError } from "@/lib/client/fetch-json";
import { Button } from "./button";

interface ErrorViewProps {
  /** What could not be done: "The report could not be loaded". */
  readonly title: string;
  readonly error: Error;
  readonly onRetry: () => void;
}

/** What went wrong, the request's id for support, and a way to try again. */
export function ErrorView({ title, error, onRetry }: ErrorViewProps) {
  const requestId = error instanceof RequestError ? error.requestId : null;
  return (
    <div role="alert" className="border-line bg-panel rounded-panel flex flex-wrap items-center gap-3 border p-4">
      <CircleX aria-hidden className="text-down-ink size-5 shrink-0" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        <p className="text-muted">{error.message}</p>
        {requestId !== null && (
          <p className="text-muted">
            Request ID <code className="font-mono text-xs break-all">{requestId}</code>
          </p>
        )}
      </div>
      <Button onClick={onRetry}>Try again</Button>
    </div>
  );
}

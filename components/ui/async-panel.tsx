import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorView } from "./error-view";

interface AsyncPanelProps<T> {
  /** "the incidents" */
  readonly what: string;
  readonly query: Pick<UseQueryResult<T>, "data" | "error"> & { readonly refetch: () => Promise<unknown> };
  /** Height of the content to come, as a class. */
  readonly height: string;
  readonly children: (data: T) => ReactNode;
}

/** The content of a panel once it is there; before that its place, and what went wrong with a way to try again. */
export function AsyncPanel<T>({ what, query: { data, error, refetch }, height, children }: AsyncPanelProps<T>) {
  if (data !== undefined) return children(data);
  if (error) return <ErrorView title={`Couldn’t load ${what}`} error={error} onRetry={() => void refetch()} />;
  // Its own elements: one that the content took over would count as one that moved.
  return (
    <div key="placeholder" aria-busy="true">
      <p role="status" className="sr-only">
        Loading {what}
      </p>
      <div className={`skeleton ${height}`} />
    </div>
  );
}

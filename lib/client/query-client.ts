import { QueryClient } from "@tanstack/react-query";
import { RequestError } from "./fetch-json";

/** True where asking again may help: no answer came, or the server was at fault. */
function mayPass(error: Error): boolean {
  return !(error instanceof RequestError) || error.status === null || error.status >= 500;
}

/** One for each request on the server, one for each tab in the browser. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What the server has just put into the page is not fetched again when the page wakes up.
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && mayPass(error),
      },
    },
  });
}

import { dehydrate, QueryClient } from "@tanstack/react-query";
import { isUnanswered } from "./fetch-json";
import { packJson } from "./pack-json";

/** One for each request on the server, one for each tab in the browser. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // What the server has just put into the page is not fetched again when the page wakes up.
        staleTime: 30_000,
        // Asking again may help.
        retry: (failures, error) => failures < 2 && isUnanswered(error),
      },
    },
  });
}

/** What a page's queries have read, as a text for `PageData`. */
export function packQueries(queryClient: QueryClient): string {
  return packJson(dehydrate(queryClient));
}

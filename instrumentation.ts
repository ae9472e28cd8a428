import type { Instrumentation } from "next";
import { recordFailedPage } from "@/lib/server/edge/failed-page";

/** The framework tells us of what a page threw; a route handler's errors are answered by `handle` before that. */
export const onRequestError: Instrumentation.onRequestError = (error, request) => {
  recordFailedPage(error, request);
};

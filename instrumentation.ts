import type { Instrumentation } from "next";
import { recordFailedPage } from "@/lib/server/edge/failed-page";

/** Called by the framework when a page throws; `handle` has responded to errors of route handlers before that. */
export const onRequestError: Instrumentation.onRequestError = (error, request) => {
  recordFailedPage(error, request);
};

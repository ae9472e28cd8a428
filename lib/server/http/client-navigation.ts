import { headers } from "next/headers";

/**
 * True when an open page requests the next one. Only a new document has to arrive complete, so that it is painted
 * before any script runs. An open page shows the frame of the next one at once, with skeletons for what it then
 * fetches.
 */
export async function isClientNavigation(): Promise<boolean> {
  return (await headers()).get("sec-fetch-dest") === "empty";
}

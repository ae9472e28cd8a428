import { headers } from "next/headers";

/**
 * True where a page that is open asks for the next one. Only a new document has to arrive whole, so that it is painted
 * before any script runs: an open page shows the next one's frame at once, with skeletons for what it then asks for.
 */
export async function isClientNavigation(): Promise<boolean> {
  return (await headers()).get("sec-fetch-dest") === "empty";
}

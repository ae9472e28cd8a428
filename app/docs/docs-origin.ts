import { headers } from "next/headers";
import { requestOrigin } from "@/lib/server/http/origin";

/** Scheme and host of this service, as in the examples of the docs. */
export async function docsOrigin(): Promise<string> {
  const host = (await headers()).get("host");
  return requestOrigin(new Request("http://localhost/", { headers: host === null ? {} : { host } }));
}

import type { ApiRequest } from "./api-request";
/** The `Link` header (RFC 8288) to the next page: the request's own address with that page's cursor. */
export function nextLink(request: ApiRequest, cursor: string | null): Record<string, string> {
  if (cursor === null) return {};
  const { pathname, searchParams } = new URL(request.url);
  searchParams.set("cursor", cursor);
  return { link: `<${pathname}?${searchParams.toString()}>; rel="next"` };
}

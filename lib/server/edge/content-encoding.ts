/** Types that become smaller: texts of every kind. */
const texts = /^(?:text\/|application\/(?:[\w.-]+\+)?json|application\/x-ndjson)/;

/** Whether a client accepts gzip (RFC 9110, 12.5.3). Preferences are not compared. */
export function acceptsGzip(header: string | string[] | undefined): boolean {
  if (typeof header !== "string") return false;
  let any = false;
  for (const one of header.toLowerCase().split(",")) {
    const [coding = "", ...parameters] = one.split(";").map((part) => part.trim());
    const isRefused = parameters.some((part) => /^q\s*=\s*0(?:\.0{0,3})?$/.test(part));
    if (coding === "gzip" || coding === "x-gzip") return !isRefused;
    if (coding === "*") any = !isRefused;
  }
  return any;
}

/** Whether a response may be sent compressed. */
export function isCompressible(headers: Headers): boolean {
  return texts.test(headers.get("content-type") ?? "") && !headers.has("content-encoding");
}

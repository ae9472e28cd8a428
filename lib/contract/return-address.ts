/** Represents our own origin, which need not be known: an address that leads elsewhere has another origin. */
const here = "http://here.invalid";

/** Requests there may have effects, so they are not valid targets of a redirect. */
const notPages = /^\/(api|store|metrics|sign-in|setup|invitation)(\/|$)/;

/**
 * Where to go after signing in: the requested page.
 * @param asked from the address, so it may be forged
 * @returns path and query of one of our pages, without parameters of its router; `/` when `asked` is not one
 */
export function returnAddress(asked: unknown): string {
  if (typeof asked !== "string" || !/^\/(?![/\\])/.test(asked) || /[\p{C}\s\\]/u.test(asked)) return "/";
  if (!URL.canParse(asked, here)) return "/";
  const { origin, pathname, search } = new URL(asked, here);
  if (origin !== here || pathname.startsWith("//") || notPages.test(pathname)) return "/";
  return pathname + search.replace(/([?&])_rsc(=[^&]*)?(?:&|$)/, "$1").replace(/[?&]$/, "");
}

/** The address of the sign-in page, which leads back to `page`. */
export function signInAddress(page: string | null): "/sign-in" | `/sign-in?${string}` {
  const to = returnAddress(page);
  return to === "/" ? "/sign-in" : `/sign-in?${new URLSearchParams({ to }).toString()}`;
}

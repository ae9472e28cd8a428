/** Stands for our own address, which need not be known: whatever leads elsewhere does not stay on it. */
const here = "http://here.invalid";

/** What is asked there may change something, so nobody is sent there. */
const notPages = /^\/(api|store|metrics|sign-in|setup|invitation)(\/|$)/;

/**
 * Where somebody goes who has signed in: the page they came for.
 * @param asked by the address, so anybody may have written it
 * @returns path and query of a page of ours, without what its router adds; `/` where `asked` is none
 */
export function returnAddress(asked: unknown): string {
  if (typeof asked !== "string" || !/^\/(?![/\\])/.test(asked) || /[\p{C}\s\\]/u.test(asked)) return "/";
  if (!URL.canParse(asked, here)) return "/";
  const { origin, pathname, search } = new URL(asked, here);
  if (origin !== here || pathname.startsWith("//") || notPages.test(pathname)) return "/";
  return pathname + search.replace(/([?&])_rsc(=[^&]*)?(?:&|$)/, "$1").replace(/[?&]$/, "");
}

/** The address of the page to sign in on, which leads back to `page`. */
export function signInAddress(page: string | null): "/sign-in" | `/sign-in?${string}` {
  const to = returnAddress(page);
  return to === "/" ? "/sign-in" : `/sign-in?${new URLSearchParams({ to }).toString()}`;
}

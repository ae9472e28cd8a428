"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { makeQueryClient } from "@/lib/client/query-client";

/**
 * Tells libraries what the page's policy asks of them, where they look for it: what writes a style sheet (dialogs do)
 * needs the nonce, and zod is not to try whether it may make code from text.
 */
function tellPolicy(): void {
  const { nonce } = document.querySelector<HTMLScriptElement>("script[nonce]") ?? {};
  Object.assign(globalThis, { __webpack_nonce__: nonce, __zod_globalConfig: { jitless: true } });
}

if (typeof document !== "undefined") tellPolicy();

/** What every page needs around it in the browser. */
export function Providers({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  return <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>;
}

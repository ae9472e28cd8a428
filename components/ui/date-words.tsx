"use client";

import { languageParts } from "@/lib/format/language-parts";
import { useTimeStyle } from "./reader";

/** A text with dates in it, which are marked where they are in another language than the page. */
export function DateWords({ children }: { children: string }) {
  const parts = languageParts(children, useTimeStyle());
  return parts.map(({ text, lang }, index) =>
    lang === undefined ? (
      text
    ) : (
      <span key={index} lang={lang}>
        {text}
      </span>
    ),
  );
}

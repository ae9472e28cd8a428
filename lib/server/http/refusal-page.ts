import { createHash } from "node:crypto";

const style =
  "html{color-scheme:light dark;font-family:system-ui,sans-serif;line-height:1.5}" +
  "body{margin:15vh auto;max-width:30rem;padding:0 1rem}h1{font-size:1.25rem}code{font-size:.75rem}";

const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Of the page below: it runs nothing, loads nothing, and its one style is the one that is written here. */
export const refusalPagePolicy =
  `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * A page for people where the pages themselves cannot be made; it asks again by itself.
 * @param retrySeconds after which it does
 */
export function refusalPage(title: string, detail: string, requestId: string, retrySeconds: number): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<meta http-equiv="refresh" content="${retrySeconds}"><title>${escape(title)} · Store Monitoring</title>` +
    `<style>${style}</style></head><body><main><h1>${escape(title)}</h1><p>${escape(detail)} This page asks again by ` +
    `itself.</p><p><code>${escape(requestId)}</code></p></main></body></html>`
  );
}

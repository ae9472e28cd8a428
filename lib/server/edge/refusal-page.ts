import { createHash } from "node:crypto";

const style =
  "html{color-scheme:light dark;background:Canvas;color:CanvasText;font-family:system-ui,sans-serif;line-height:1.5}" +
  "body{margin:15vh auto;max-width:30rem;padding:0 1rem;overflow-wrap:anywhere}" +
  "h1{font-size:1.25rem}code{font-size:.75rem}a{display:inline-block;padding:.25rem 0}";

/**
 * Checks whether the page can be made, and only then loads it. Reloading every other second would interrupt readers and
 * screen readers.
 */
const script =
  "const pause=Number(document.documentElement.dataset.retry)*1000;" +
  'const ask=()=>fetch(location.href,{method:"HEAD",headers:{accept:"text/html"}}).then(' +
  "({status})=>status<500&&status!==429?location.reload():later(),()=>later());" +
  "const later=()=>setTimeout(ask,pause);later()";

const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The policy of the page below: it runs only the script and style written here, and connects only to this server. */
export const refusalPagePolicy =
  `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; connect-src 'self'; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * The page shown when pages cannot be made. It reloads itself when they can, or by its link without scripts.
 * @param retrySeconds between its checks
 */
export function refusalPage(title: string, detail: string, requestId: string, retrySeconds: number): string {
  return (
    `<!doctype html><html lang="en" data-retry="${retrySeconds}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width"><title>${escape(title)} · Store Monitoring</title>` +
    `<style>${style}</style></head><body><main><h1>${escape(title)}</h1><p>${escape(detail)} This page reloads ` +
    `automatically.</p><p><a href="">Try again now</a></p><p>Request <code>${escape(requestId)}</code></p></main>` +
    `<script>${script}</script></body></html>`
  );
}

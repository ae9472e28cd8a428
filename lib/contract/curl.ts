import type { Operation } from "./operation";

/** Text as one word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * A command that calls the operation's example.
 * @param origin scheme and host of this service, without a last slash
 */
export function curlOf({ method, example, body }: Operation, origin: string): string {
  const words = ["curl", ...(method === "GET" ? [] : ["-X", method]), quoted(`${origin}${example}`)];
  if (body === undefined) return words.join(" ");
  const text = typeof body.example === "string" ? body.example : JSON.stringify(body.example);
  words.push("-H", quoted(`content-type: ${body.content.mediaType}`), "--data-binary", quoted(text));
  return words.join(" ");
}

import type { Operation } from "./operation";

/** Text as one word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * A command that calls the operation's example.
 * @param origin scheme and host of this service, without a trailing slash
 * @param withKey sends a key, from the variable KEY, when the operation accepts keys
 */
export function curlOf({ method, example, body, access }: Operation, origin: string, withKey = false): string {
  const words = ["curl", ...(method === "GET" ? [] : ["-X", method]), quoted(`${origin}${example}`)];
  if (withKey && access.scope !== "anyone" && access.scope !== "person") {
    words.push("-H", '"authorization: Bearer $KEY"');
  }
  if (body === undefined) return words.join(" ");
  const text = typeof body.example === "string" ? body.example : JSON.stringify(body.example);
  words.push("-H", quoted(`content-type: ${body.content.mediaType}`), "--data-binary", quoted(text));
  return words.join(" ");
}

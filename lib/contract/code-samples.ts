import { curlOf } from "./curl";
import type { Operation } from "./operation";

export const sampleLanguages = ["curl", "javascript", "python"] as const;
export type SampleLanguage = (typeof sampleLanguages)[number];

/** Whether a call of the operation carries a key. */
function needsKey({ access: { scope } }: Operation, withKey: boolean): boolean {
  return withKey && scope !== "anyone" && scope !== "person";
}

/** How the successful response is read. */
function readerOf({ responses }: Operation): "json" | "text" | "nothing" {
  const [success] = responses;
  if (success?.content === undefined) return "nothing";
  return success.content.mediaType === "application/json" ? "json" : "text";
}

function indented(text: string, spaces: number): string {
  return text.replaceAll("\n", `\n${" ".repeat(spaces)}`);
}

function javascriptOf(operation: Operation, address: string, withKey: boolean): string {
  const { method, body } = operation;
  const headers = [
    ...(withKey ? ["authorization: `Bearer ${process.env.KEY}`"] : []),
    ...(body === undefined ? [] : [`"content-type": ${JSON.stringify(body.content.mediaType)}`]),
  ];
  const sent =
    typeof body?.example === "string"
      ? JSON.stringify(body.example)
      : `JSON.stringify(${indented(JSON.stringify(body?.example ?? null, null, 2), 2)})`;
  const options = [
    ...(method === "GET" ? [] : [`method: "${method}",`]),
    ...(headers.length === 0 ? [] : [`headers: { ${headers.join(", ")} },`]),
    ...(body === undefined ? [] : [`body: ${sent},`]),
  ];
  const call =
    options.length === 0
      ? `fetch(${JSON.stringify(address)})`
      : `fetch(${JSON.stringify(address)}, {\n  ${options.join("\n  ")}\n})`;
  const shown = { json: "await response.json()", text: "await response.text()", nothing: "response.status" };
  return [
    `const response = await ${call};`,
    "if (!response.ok) throw new Error((await response.json()).detail);",
    `console.log(${shown[readerOf(operation)]});`,
  ].join("\n");
}

/** A JSON value as a Python literal. */
function pythonLiteral(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([name, one]) => `${JSON.stringify(name)}: ${pythonLiteral(one)}`)
      .join(", ")}}`;
  }
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return JSON.stringify(value);
}

function pythonOf(operation: Operation, address: string, withKey: boolean): string {
  const { method, body } = operation;
  const isText = typeof body?.example === "string";
  const headers = [
    ...(withKey ? [`"Authorization": f"Bearer {os.environ['KEY']}"`] : []),
    ...(body !== undefined && isText ? [`"Content-Type": ${JSON.stringify(body.content.mediaType)}`] : []),
  ];
  const words = [
    JSON.stringify(address),
    ...(headers.length === 0 ? [] : [`headers={${headers.join(", ")}}`]),
    ...(body === undefined ? [] : [`${isText ? "data" : "json"}=${pythonLiteral(body.example)}`]),
  ];
  const name = `requests.${method.toLowerCase()}`;
  const call = words.length === 1 ? `${name}(${words.join("")})` : `${name}(\n    ${words.join(",\n    ")},\n)`;
  const shown = { json: "response.json()", text: "response.text", nothing: "response.status_code" };
  return [
    ...(withKey ? ["import os"] : []),
    "import requests",
    "",
    `response = ${call}`,
    "response.raise_for_status()",
    `print(${shown[readerOf(operation)]})`,
  ].join("\n");
}

/**
 * Code that calls the operation's example.
 * @param origin scheme and host of this service, without a trailing slash
 * @param guarded sends a key, from the variable KEY, when the operation accepts keys
 */
export function codeOf(language: SampleLanguage, operation: Operation, origin: string, guarded: boolean): string {
  if (language === "curl") return curlOf(operation, origin, guarded);
  const withKey = needsKey(operation, guarded);
  const address = `${origin}${operation.example}`;
  return language === "javascript" ? javascriptOf(operation, address, withKey) : pythonOf(operation, address, withKey);
}

import { expect, it } from "vitest";
import { curlOf } from "./curl";
import { operations } from "./operations";

it("quotes what a shell would interpret", () => {
  const [first] = operations;
  if (first === undefined) throw new Error("There are no operations.");
  const command = curlOf(
    {
      ...first,
      method: "PATCH",
      example: "/api/v1/stores?a=1&b=2",
      body: { content: { mediaType: "application/json" }, example: { name: "Joe's $HOME" } },
    },
    "http://localhost:3000",
  );
  expect(command).toBe(
    `curl -X PATCH 'http://localhost:3000/api/v1/stores?a=1&b=2' -H 'content-type: application/json' ` +
      `--data-binary '{"name":"Joe'\\''s $HOME"}'`,
  );
});

it("sends a key where one is needed and accepted", () => {
  const line = (id: string): string => {
    const operation = operations.find((one) => one.id === id);
    if (operation === undefined) throw new Error(`There is no ${id}.`);
    return curlOf(operation, "http://localhost", true);
  };
  expect(line("getFleet")).toBe(`curl 'http://localhost/api/v1/fleet' -H "authorization: Bearer $KEY"`);
  for (const id of ["getLiveness", "listKeys"]) expect(line(id)).not.toContain("authorization");
});

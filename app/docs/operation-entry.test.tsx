import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { operations } from "@/lib/contract/operations";
import { errorsOf, queryOf } from "@/lib/contract/operation";
import { OperationEntry } from "./operation-entry";

it.each(operations.map((operation) => [operation.id, operation] as const))(
  "shows for %s its curl command, an example response, its parameters and its errors",
  (id, operation) => {
    const html = renderToStaticMarkup(
      <OperationEntry operation={operation} origin="http://localhost:8000" guarded={false} language="curl" />,
    );
    expect(html).toContain(`id="${id}"`);
    expect(html).toContain(`http://localhost:8000${operation.example.replaceAll("&", "&amp;")}`);
    for (const name of [...Object.keys(operation.pathParameters ?? {}), ...Object.keys(queryOf(operation))]) {
      expect(html).toContain(`>${name}</th>`);
    }
    for (const code of errorsOf(operation)) expect(html).toMatch(new RegExp(`>\\d{3} ${code}<`));
    const hasBody = operation.responses[0]?.content !== undefined;
    expect(html.includes(`aria-label="Example response of ${id}"`)).toBe(hasBody);
    const labels = [...html.matchAll(/ aria-label="([^"]*)"/g)].map(([, label]) => label ?? "");
    expect(new Set(labels).size, "no two parts have the same name").toBe(labels.length);
    for (const label of labels) expect(label).toContain(id);
    expect(html).not.toContain("[object Object]");
    expect(html).not.toContain("undefined");
  },
);

it("says who may call an operation that needs authentication", () => {
  const shown = (id: string, guarded: boolean): string => {
    const operation = operations.find((one) => one.id === id);
    if (operation === undefined) throw new Error(`There is no ${id}.`);
    return renderToStaticMarkup(
      <OperationEntry operation={operation} origin="http://localhost" guarded={guarded} language="curl" />,
    );
  };
  expect(shown("getFleet", true)).toContain("Requires scope stores:read.");
  expect(shown("getFleet", true)).toContain("Bearer $KEY");
  expect(shown("sendFile", true)).toContain("Requires scope polls:write and access to all stores.");
  expect(shown("listKeys", true)).toContain("Keys are not accepted");
  for (const id of ["getFleet", "listKeys"]) expect(shown(id, false)).not.toMatch(/Requires|Bearer|Keys are/);
});

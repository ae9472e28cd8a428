import { expect, it } from "vitest";
import { z } from "zod";
import { uptimeOperations } from "./operations-uptime";

it.each(uptimeOperations.map((operation) => [operation.id, operation] as const))(
  "%s lists the errors of the parameters that it takes, and of no others",
  (_, { query, pathParameters, errors }) => {
    const inQuery = query === undefined ? [] : Object.keys(z.toJSONSchema(query, { io: "input" }).properties ?? {});
    const names = [...inQuery, ...Object.keys(pathParameters ?? {})];
    // A range is given by several parameters.
    const ofOne = errors.filter((code) => code.startsWith("invalid_") && code !== "invalid_range");
    for (const code of ofOne) expect(names).toContain(code.slice("invalid_".length));
  },
);

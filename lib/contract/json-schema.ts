import { z } from "zod";

type SchemaNode = z.core.JSONSchema.BaseSchema;

/** Says less where zod says what every reader knows: the bounds of safe integers, the grammar of a date. */
function shorten({ jsonSchema }: { readonly jsonSchema: SchemaNode }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
}

/** More may be added to what we answer, so readers are not told that there is no more. */
function shortenAnswer(node: { readonly jsonSchema: SchemaNode }): void {
  shorten(node);
  if (node.jsonSchema.additionalProperties === false) delete node.jsonSchema.additionalProperties;
}

/** Where a named schema stands in the document. */
export const schemaAddress = (name: string): string => `#/components/schemas/${name}`;

/**
 * Named schemas as JSON Schema 2020-12 that refer to each other by name.
 * @param io `input`: what is sent to us; `output`: what we answer
 */
export function toNamedSchemas(
  named: ReadonlyMap<string, z.ZodType>,
  io: "input" | "output",
): Readonly<Record<string, SchemaNode>> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of named) registry.add(schema, { id });
  const override = io === "output" ? shortenAnswer : shorten;
  const { schemas } = z.toJSONSchema(registry, { io, uri: schemaAddress, override });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _schema, $id: _id, ...schema }]) => [name, schema]),
  );
}

/** A schema without a name, as what is sent to us. */
export function toInlineSchema(schema: z.ZodType): SchemaNode {
  const { $schema: _schema, ...rest } = z.toJSONSchema(schema, { io: "input", override: shorten });
  return rest;
}

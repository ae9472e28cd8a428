import { z } from "zod";

type SchemaNode = z.core.JSONSchema.BaseSchema;

/** Omits what zod states and every reader knows: the bounds of safe integers, the grammar of a date. */
function shorten({ jsonSchema }: { readonly jsonSchema: SchemaNode }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
}

/** Responses may get more fields later, so readers are not told that there are no others. */
function shortenAnswer(node: { readonly jsonSchema: SchemaNode }): void {
  shorten(node);
  if (node.jsonSchema.additionalProperties === false) delete node.jsonSchema.additionalProperties;
}

/** Where a named schema is in the document. */
export const schemaAddress = (name: string): string => `#/components/schemas/${name}`;

/**
 * Named schemas as JSON Schema 2020-12 that refer to each other by name.
 * @param io `input`: requests; `output`: responses
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

/** A schema without a name. @param io as for `toNamedSchemas` */
export function toInlineSchema(schema: z.ZodType, io: "input" | "output" = "input"): SchemaNode {
  const override = io === "output" ? shortenAnswer : shorten;
  const { $schema: _schema, ...rest } = z.toJSONSchema(schema, { io, override });
  return rest;
}

/** The type of a value in one line for people: `hour | day`, `integer, 1 to 500`. */
export function typeText(schema: z.ZodType): string {
  const node = toInlineSchema(schema);
  if (node.enum !== undefined) return node.enum.map(String).join(" | ");
  if (node.const !== undefined) return String(node.const);
  const bounds = node.minimum !== undefined && node.maximum !== undefined ? `, ${node.minimum} to ${node.maximum}` : "";
  const length = node.maxLength === undefined ? "" : `, at most ${node.maxLength} characters`;
  const base = node.format ?? (Array.isArray(node.type) ? node.type.join(" | ") : (node.type ?? "value"));
  return `${base}${bounds}${length}`;
}

/** The default of a value; null without one. */
export function defaultText(schema: z.ZodType): string | null {
  const node = toInlineSchema(schema);
  return node.default === undefined ? null : JSON.stringify(node.default).replace(/^"|"$/g, "");
}

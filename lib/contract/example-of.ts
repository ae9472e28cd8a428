import type { z } from "zod";
import { exampleValues, usuallyNull } from "./example-values";
import { toInlineSchema } from "./json-schema";
import type { OperationResponse } from "./operation";

type SchemaNode = z.core.JSONSchema.BaseSchema;

const exampleInstant = "2026-01-28T20:00:00.000Z";

function typesOf({ type }: SchemaNode): readonly string[] {
  return type === undefined ? [] : [type].flat();
}

const isNull = (node: SchemaNode): boolean => node.type === "null";
const sizeOf = (node: SchemaNode): number => Object.keys(node.properties ?? {}).length;

function objectsIn(nodes: readonly (SchemaNode | boolean)[] | undefined): SchemaNode[] {
  return (nodes ?? []).filter((node) => typeof node === "object");
}

/** Whether a value is of the type and within the bounds of a schema. */
function fits(value: unknown, node: SchemaNode): boolean {
  if (node.enum !== undefined) return node.enum.some((one) => one === value);
  const types = typesOf(node);
  if (typeof value === "string") {
    if (node.format === "date-time" && Number.isNaN(Date.parse(value))) return false;
    return types.includes("string") && (node.pattern === undefined || new RegExp(node.pattern).test(value));
  }
  if (typeof value === "boolean") return types.includes("boolean");
  if (typeof value !== "number") return false;
  const isOfType = types.includes("number") || (types.includes("integer") && Number.isInteger(value));
  return isOfType && value >= (node.minimum ?? -Infinity) && value <= (node.maximum ?? Infinity);
}

function textFor({ format }: SchemaNode): string {
  if (format === "date-time") return exampleInstant;
  return format === "date" ? exampleInstant.slice(0, 10) : "text";
}

/** A value without an example of its own. */
function plainValue(node: SchemaNode): unknown {
  if (node.enum !== undefined) return node.enum[0];
  const types = typesOf(node);
  if (types.includes("string")) return textFor(node);
  if (types.includes("boolean")) return false;
  if (!types.includes("integer") && !types.includes("number")) return null;
  return Math.max(node.minimum ?? 0, node.exclusiveMinimum === 0 ? 1 : 0);
}

function objectFor(node: SchemaNode, name: string, withOptional: boolean): Record<string, unknown> {
  const { properties = {}, required = [] } = node;
  const shown = Object.entries(properties).filter(([field]) => withOptional || required.includes(field));
  return Object.fromEntries(
    shown.map(([field, property]) => [
      field,
      typeof property === "object" ? valueFor(property, field, withOptional, name) : null,
    ]),
  );
}

/** @param name of the field; empty for the whole   @param of the name of the object that it is a field of */
function valueFor(node: SchemaNode, name: string, withOptional: boolean, of = ""): unknown {
  if (node.const !== undefined) return node.const;
  const variants = objectsIn(node.anyOf ?? node.oneOf);
  const isNullable = variants.some(isNull) || typesOf(node).includes("null");
  if (isNullable && usuallyNull.has(name)) return null;
  if (variants.length > 0) {
    // Of several shapes the one that says most.
    const [fullest] = variants.filter((one) => !isNull(one)).sort((a, b) => sizeOf(b) - sizeOf(a));
    return fullest === undefined ? null : valueFor(fullest, name, withOptional, of);
  }
  if (node.properties !== undefined) return objectFor(node, name, withOptional);
  if (typesOf(node).includes("array")) {
    const [item] = objectsIn([node.items].flat().filter((one) => one !== undefined));
    return item === undefined ? [] : [valueFor(item, name, withOptional, of)];
  }
  if (typesOf(node).includes("object")) return {};
  const values = exampleValues[`${of}.${name}`] ?? exampleValues[name];
  const known = values?.find((value) => fits(value, node));
  return known ?? plainValue(node);
}

/**
 * An example of a response's body, made from its schema so that it always matches it.
 * @returns null for a response without a body, and for text without an example
 */
export function exampleOf({ status, content }: OperationResponse): string | null {
  if (content === undefined) return null;
  if (content.schema === undefined) return "example" in content ? (content.example ?? null) : null;
  // What is optional is shown where something is created: secrets are in that response only.
  const value = valueFor(toInlineSchema(content.schema, "output"), "", status === 201);
  return content.mediaType === "application/json" ? JSON.stringify(value, null, 2) : JSON.stringify(value);
}

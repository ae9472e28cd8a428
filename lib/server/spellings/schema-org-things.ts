import { refuse } from "./converted-week";
import { isFields, listOf, requireSpelling, type Fields } from "./json-fields";

/** Fields of a thing that hold hours. */
const hoursNames = ["openingHoursSpecification", "specialOpeningHoursSpecification", "openingHours"] as const;
const specificationNames = ["opens", "closes", "dayOfWeek", "validFrom", "validThrough"] as const;

/** Every name in a text of schema.org with hours. */
export const schemaOrgNames: readonly string[] = [...hoursNames, ...specificationNames, "@graph"];

interface Found {
  readonly fields: Fields;
  readonly place: string;
}

/** The objects of a text, those in lists and in @graph too. */
function objectsIn(value: unknown, place: string): readonly Found[] {
  if (Array.isArray(value)) {
    return (value as readonly unknown[]).flatMap((one, index) => objectsIn(one, `${place}[${String(index)}]`));
  }
  if (!isFields(value))
    return refuse(place === "" ? "The text" : place, 'expected an object such as {"opens":"09:00"}.');
  const found: Found = { fields: value, place };
  return [
    found,
    ...listOf(value["@graph"]).flatMap((one, index) => objectsIn(one, `${place}@graph[${String(index)}]`)),
  ];
}

const hasOne = (fields: Fields, names: readonly string[]): boolean => names.some((name) => name in fields);

function nameOf({ fields, place }: Found): string {
  const name = ["name", "@id", "@type"].map((key) => fields[key]).find((one) => typeof one === "string");
  return `${place}${typeof name === "string" ? ` (${name.slice(0, 60)})` : ""}`;
}

/** Checks the names of a specification, which would be overlooked in another spelling. */
export function requireSpecificationNames(fields: Fields, place: string): void {
  requireSpelling(fields, specificationNames, place);
}

/**
 * The thing with hours in a text: one object, one among those of a list or of @graph, or a list of specifications.
 * @throws AppError invalid_hours where several things have hours, or none has
 */
export function findThing(value: unknown): Fields {
  const objects = objectsIn(value, "");
  for (const { fields, place } of objects) requireSpelling(fields, hoursNames, place === "" ? "The text" : place);
  const things = objects.filter(({ fields }) => hasOne(fields, hoursNames));
  const [thing, second] = things;
  if (second !== undefined) {
    const names = things.slice(0, 10).map(nameOf).join(", ");
    refuse("The text", `several places have hours: ${names}. Paste the part of one of them.`);
  }
  if (thing !== undefined) return thing.fields;
  const isSpecification = ({ fields }: Found): boolean =>
    fields["@type"] === "OpeningHoursSpecification" || hasOne(fields, specificationNames);
  const isListed = Array.isArray(value) || (isFields(value) && !("@graph" in value));
  if (isListed && objects.some(isSpecification)) return { openingHoursSpecification: value };
  return refuse(
    "The text",
    "it has no openingHoursSpecification and no openingHours. Paste the part with the hours of one place.",
  );
}

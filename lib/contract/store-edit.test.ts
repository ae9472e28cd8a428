import { expect, it } from "vitest";
import { EditStoreSchema } from "./store-edit";

it.each([
  ["Café \u202eocaT", "Café ocaT"],
  ["\u2066Taco\u2069", "Taco"],
  ["\0 Taco\u0007 ", "Taco"],
  ["مطعم 🌮", "مطعم 🌮"],
  ["\u202e", null],
])("keeps of the name %j what can be read: %j", (given, kept) => {
  expect(EditStoreSchema.parse({ name: given }).name).toBe(kept);
});

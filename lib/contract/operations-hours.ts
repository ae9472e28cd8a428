import { ConvertedHoursSchema, ConvertHoursSchema } from "./hours-conversion";
import { json, type Operation } from "./operation";
import { etagHeader, ifMatchHeader, ifNoneMatchHeader, readable, storeIdParameter } from "./operation-parameters";
import { needs } from "./scopes";
import {
  HoursListSchema,
  HoursPreviewSchema,
  PutHoursSchema,
  PutStoreHoursSchema,
  StoreHoursSchema,
} from "./store-hours";

const hours = "/api/v1/stores/8419537941919820732/hours";

const example = {
  time_zone: "America/New_York",
  business_hours: [
    { day: 0, start: "10:00", end: "22:00" },
    { day: 1, start: "10:00", end: "22:00" },
    { day: 4, start: "18:00", end: "02:00" },
    { day: 6, closed: true },
  ],
};

const noStore = ["invalid_store_id", "store_not_found"];
const badHours = ["invalid_zone", "invalid_hours", "invalid_valid_from"];
const refused = [...badHours, "too_many_hours_changes", "precondition_failed"];

/** Weekly hours and time zones, of one store and of several at once. */
export const hoursOperations: readonly Operation[] = [
  {
    id: "getStoreHours",
    access: needs.storesRead,
    tag: "Stores",
    method: "GET",
    path: "/api/v1/stores/{store_id}/hours",
    summary: "Get weekly hours",
    description:
      "The time zone and the latest weekly hours, in the form in which PUT takes them, and the hours that applied before.",
    pathParameters: storeIdParameter,
    headers: ifNoneMatchHeader,
    responses: readable("The hours.", json("StoreHours", StoreHoursSchema)),
    errors: noStore,
    example: hours,
  },
  {
    id: "putStoreHours",
    access: needs.storesWrite,
    tag: "Stores",
    method: "PUT",
    path: "/api/v1/stores/{store_id}/hours",
    summary: "Set weekly hours",
    description:
      "Replaces the weekly hours, from a date on, and the time zone. Figures are recalculated; those of days before that date keep the hours of those days. A new time zone applies to all days. With If-Match nothing is changed if the hours have changed since you read them.",
    pathParameters: storeIdParameter,
    headers: ifMatchHeader,
    body: { content: json("PutStoreHours", PutStoreHoursSchema), example },
    responses: [
      { status: 200, description: "The hours.", content: json("StoreHours", StoreHoursSchema), headers: etagHeader },
    ],
    errors: [...noStore, ...refused],
    example: hours,
  },
  {
    id: "previewStoreHours",
    access: needs.storesWrite,
    tag: "Stores",
    method: "POST",
    path: "/api/v1/stores/{store_id}/hours/preview",
    summary: "Preview weekly hours",
    description: "The figures of the last 7 days with the stored hours and with those sent. Changes nothing.",
    pathParameters: storeIdParameter,
    body: { content: json("PutStoreHours", PutStoreHoursSchema), example },
    responses: [{ status: 200, description: "Both figures.", content: json("HoursPreview", HoursPreviewSchema) }],
    errors: [...noStore, ...badHours, "too_many_polls"],
    example: `${hours}/preview`,
  },
  {
    id: "convertHours",
    access: needs.storesWrite,
    tag: "Stores",
    method: "POST",
    path: "/api/v1/hours/convert",
    summary: "Convert hours",
    description:
      "Weekly hours and special dates from the spellings of OpenStreetMap, schema.org, Google, Uber Eats and DoorDash, in the form in which PUT takes them. What has no place in weekly hours is named in the notes. Changes nothing.",
    body: {
      content: json("ConvertHours", ConvertHoursSchema),
      example: { text: "Mo-Th 10:00-22:00; Fr,Sa 10:00-02:00; Su off; PH off" },
    },
    responses: [{ status: 200, description: "The hours.", content: json("ConvertedHours", ConvertedHoursSchema) }],
    errors: ["invalid_hours"],
    example: "/api/v1/hours/convert",
  },
  {
    id: "putHours",
    access: needs.storesWrite,
    tag: "Stores",
    method: "PUT",
    path: "/api/v1/hours",
    summary: "Set weekly hours of several stores",
    description:
      "Replaces the weekly hours and time zones of up to 500 stores: of all of them or, on an error, of none.",
    body: {
      content: json("PutHours", PutHoursSchema),
      example: { stores: [{ store_id: "8419537941919820732", ...example }] },
    },
    responses: [{ status: 200, description: "The hours.", content: json("HoursList", HoursListSchema) }],
    errors: [...noStore, ...refused, "store_id_must_be_string", "duplicate_store"],
    example: "/api/v1/hours",
  },
];

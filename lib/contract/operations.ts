import type { Operation } from "./operation";
import { accessOperations } from "./operations-access";
import { legacyOperations } from "./operations-legacy";
import { calendarOperations } from "./operations-calendars";
import { hoursOperations } from "./operations-hours";
import { importOperations } from "./operations-imports";
import { keyOperations } from "./operations-keys";
import { peopleOperations } from "./operations-people";
import { pollOperations } from "./operations-polls";
import { reportOperations } from "./operations-reports";
import { serviceOperations } from "./operations-service";
import { storeOperations } from "./operations-stores";
import { storeRecordOperations } from "./operations-store-record";
import { exportOperations } from "./operations-exports";
import { timeZoneOperations } from "./operations-time-zones";
import { webhookOperations } from "./operations-webhooks";
import { uptimeOperations } from "./operations-uptime";

/**
 * Every operation of the API, in the order of the docs page. `/api/openapi.json` and `/docs` are made from this list.
 * To add one: write its schemas in `lib/contract`, its route with `handle`, and its entry in the `operations-….ts` of
 * its subject (a new subject: a new file, and one line here). `app/api/operations.test.ts` fails until the list and the
 * routes are the same set and every error code is in the table. In the test of the handler, `expectDocumented(request,
 * response)` of `lib/contract/test-support` checks the real response against the entry.
 */
export const operations: readonly Operation[] = [
  ...storeOperations,
  ...storeRecordOperations,
  ...hoursOperations,
  ...exportOperations,
  ...calendarOperations,
  ...uptimeOperations,
  ...reportOperations,
  ...pollOperations,
  ...importOperations,
  ...webhookOperations,
  ...legacyOperations,
  ...accessOperations,
  ...peopleOperations,
  ...keyOperations,
  ...timeZoneOperations,
  ...serviceOperations,
];

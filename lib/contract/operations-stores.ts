import { json, type Operation } from "./operation";
import { storeIdParameter } from "./operation-parameters";
import { StoreDetailSchema, StoreListQuerySchema, StoreListSchema } from "./stores";
import { StoreUptimeQuerySchema, StoreUptimeSchema } from "./uptime";

export const storeOperations: readonly Operation[] = [
  {
    id: "listStores",
    tag: "Stores",
    method: "GET",
    path: "/api/v1/stores",
    summary: "List the stores of the fleet",
    description:
      "As of the newest snapshot of the fleet, worst first unless sorted otherwise. Further pages stay with the snapshot of the first, so no store is shown twice or missed.",
    query: StoreListQuerySchema,
    responses: [{ status: 200, description: "One page.", content: json("StoreList", StoreListSchema) }],
    errors: ["invalid_cursor", "invalid_limit", "invalid_sort", "invalid_state"],
    example: "/api/v1/stores?sort=-down_week&limit=2",
  },
  {
    id: "getStore",
    tag: "Stores",
    method: "GET",
    path: "/api/v1/stores/{store_id}",
    summary: "Get a store, its hours and what it is doing",
    pathParameters: storeIdParameter,
    responses: [{ status: 200, description: "The store.", content: json("StoreDetail", StoreDetailSchema) }],
    errors: ["invalid_store_id", "store_not_found"],
    example: "/api/v1/stores/8419537941919820732",
  },
  {
    id: "getStoreUptime",
    tag: "Uptime",
    method: "GET",
    path: "/api/v1/stores/{store_id}/uptime",
    summary: "Get a store's uptime",
    pathParameters: storeIdParameter,
    query: StoreUptimeQuerySchema,
    responses: [{ status: 200, description: "The figures.", content: json("StoreUptime", StoreUptimeSchema) }],
    errors: ["invalid_store_id", "invalid_window", "store_not_found"],
    example: "/api/v1/stores/8419537941919820732/uptime?window=day",
  },
];

import { armFaults } from "@/db/fault-point";
import { migrate } from "@/db/migrate";
import { env } from "@/lib/server/env";

const { DATABASE_URL, FAULT_POINTS } = env();
armFaults(FAULT_POINTS ?? []);
await migrate(DATABASE_URL ?? "");
process.exit(0);

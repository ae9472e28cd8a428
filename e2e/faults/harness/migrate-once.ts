import { migrate } from "@/db/migrate";
import { env } from "@/lib/server/env";

await migrate(env().DATABASE_URL ?? "");
process.exit(0);

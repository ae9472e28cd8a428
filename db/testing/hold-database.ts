import { type ClientRole, acquireBundledDatabase } from "@/db/bundled";

// Holds the bundled database of a folder until told to release it or killed: hold-database.ts FOLDER ROLE SUPERVISOR-FILE
const [dataDir = "", role = "cli", supervisorFile = ""] = process.argv.slice(2);

try {
  const database = await acquireBundledDatabase({
    dataDir,
    role: role as ClientRole,
    supervisorFile,
    onMoved: (url) => process.send?.({ moved: url }),
    onLost: (error) => process.send?.({ lost: error.message }),
  });
  database.tellAddress(`http://127.0.0.1:1/of-${process.pid}`);
  process.send?.({ url: database.url });
  process.on("message", () => {
    void database.release().then(() => process.exit(0));
  });
} catch (error) {
  process.send?.({ failed: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
}

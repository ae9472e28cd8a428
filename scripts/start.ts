import { parseArgs } from "node:util";
import { start } from "./start/start";

const { values } = parseArgs({
  options: { dev: { type: "boolean", default: false }, help: { type: "boolean", short: "h" } },
});
if (values.help) {
  console.log("npm start          serve the built pages and run the worker; settings: .env.example");
  console.log("npm run dev        the same with pages that reload when their source changes");
  process.exit(0);
}
await start({ dev: values.dev });

// Checks who may import what (docs/architecture.md has the picture). Imports never point up.
import { readdirSync } from "node:fs";
import { cruise } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";

const fewestModules = 40;
const folders = ["app", "components", "db", "lib", "scripts", "bench", "e2e"].filter((folder) =>
  readdirSync(".").includes(folder),
);
const ours = "^(app|components|db|lib|scripts|bench|e2e)/";
const tests = "(\\.test\\.tsx?$|^db/testing/|^lib/uptime/arbitraries\\.ts$|^e2e/|/test-support/|\\.fixture\\.ts$)";

/** `folder` may import itself and the listed folders. */
const layer = (folder, ...may) => ({
  name: `layer ${folder}`,
  severity: "error",
  from: { path: `^${folder}/`, pathNot: tests },
  to: { path: ours, pathNot: `^(${[folder, ...may].join("|")})/` },
});
const only = (name, packages, pathNot) => ({
  name: `only there: ${name}`,
  severity: "error",
  from: { path: ours, pathNot: `(${pathNot})|${tests}` },
  to: { path: `^node_modules/(${packages})/`, dependencyTypesNot: ["type-only"] },
});

/**
 * Who may import whom in lib/server. A folder may import itself, the files beside the folders (env, errors, log,
 * database), and the folders in its row. A row lists only rows above it, so there are no cycles.
 */
const serverFolders = {
  text: [],
  wire: ["text"],
  zones: ["text", "wire"],
  figures: [],
  icalendar: ["zones"],
  spellings: [],
  outgoing: ["text"],
  health: ["zones"],
  access: ["wire"],
  metrics: ["health"],
  http: ["access", "health", "text", "wire"],
  edge: ["access", "health", "http", "metrics"],
  webhooks: ["access", "outgoing", "text", "wire"],
  stores: ["access", "figures", "text", "wire", "zones"],
  calendars: ["access", "figures", "icalendar", "outgoing", "stores", "wire"],
  polls: ["access", "metrics", "text", "wire"],
  imports: ["access", "health", "text", "webhooks", "wire", "zones"],
  reports: ["access", "figures", "text", "webhooks", "wire"],
  jobs: ["access", "calendars", "health", "imports", "metrics", "outgoing", "reports", "webhooks", "zones"],
  backup: [],
};
const unlisted = readdirSync("lib/server", { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !(entry.name in serverFolders))
  .map(({ name }) => `lib/server/${name} has no row in the table of who may import whom.`);
const misordered = Object.entries(serverFolders).flatMap(([folder, may], row, rows) => {
  const above = rows.slice(0, row).map(([name]) => name);
  return may.filter((name) => !above.includes(name)).map((name) => `${folder} names ${name}, which is not above it.`);
});

/** Allowed imports between the folders of lib/server. */
const serverLayers = Object.entries(serverFolders).map(([folder, may]) => ({
  name: `lib/server: ${folder} may import ${may.join(", ") || "no other folder"}`,
  severity: "error",
  from: { path: `^lib/server/${folder}/`, pathNot: tests },
  to: { path: "^lib/server/[^/]+/", pathNot: `^lib/server/(${[folder, ...may].join("|")})/` },
}));

const forbidden = [
  ...serverLayers,
  {
    name: "lib/server: the files beside the folders may import text",
    severity: "error",
    from: { path: "^lib/server/[^/]+$", pathNot: tests },
    to: { path: "^lib/server/[^/]+/", pathNot: "^lib/server/text/" },
  },
  layer("app", "components", "lib/client", "lib/contract", "lib/format", "lib/server", "lib/uptime"),
  layer("components", "lib/client", "lib/contract", "lib/format", "lib/uptime"),
  layer("lib/client", "lib/contract", "lib/format", "lib/uptime"),
  layer("lib/contract", "lib/uptime"),
  layer("lib/format", "lib/contract", "lib/uptime"),
  layer("lib/server", "lib/contract", "lib/faults", "lib/format", "lib/uptime", "db"),
  layer("lib/uptime"),
  layer("lib/faults"),
  layer("db", "lib/faults", "lib/uptime"),
  layer("scripts", "lib/server", "lib/contract", "lib/uptime", "db"),
  layer("bench", "scripts", "lib/server", "lib/contract", "lib/uptime", "db"),
  {
    name: "only lib/server takes more than types from lib/uptime",
    severity: "error",
    from: { path: ours, pathNot: `^lib/(server|uptime)/|^(scripts|bench)/|${tests}` },
    // Constants compute nothing.
    to: { path: "^lib/uptime/", pathNot: "^lib/uptime/(units|windows)\\.ts$", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "the browser reaches neither the database nor the server",
    severity: "error",
    from: { path: "^(components|lib/client|lib/contract|lib/format)/", pathNot: tests },
    to: { path: "^(db|lib/server)/", reachable: true },
  },
  {
    name: "the tests of pages drive the built app, and know the description of its API and how pages write times",
    severity: "error",
    from: { path: "^e2e/pages/" },
    to: { path: "^(app|components|db|lib)/", pathNot: "^lib/(contract|format)/" },
  },
  {
    name: "lib/uptime imports no package but luxon",
    severity: "error",
    from: { path: "^lib/uptime/", pathNot: tests },
    to: { pathNot: "^lib/uptime/|^node_modules/(@types/)?luxon/" },
  },
  {
    name: "db/bundled has one door: import @/db/bundled",
    severity: "error",
    from: { path: ours, pathNot: `^db/bundled/|${tests}` },
    to: { path: "^db/bundled/", pathNot: "^db/bundled/index\\.ts$" },
  },
  {
    name: "a route.ts uses nothing of the framework, because our own server calls it",
    severity: "error",
    from: { path: "^app/.*route\\.ts$" },
    to: { path: "^node_modules/(next|react|react-dom)/", reachable: true },
  },
  only("drizzle and postgres", "drizzle-orm|postgres", "^db/"),
  only("zod", "zod", "^lib/contract/|^lib/server/env\\.ts$|^lib/server/http/parse\\.ts$|^lib/client/fetch-json\\.ts$"),
  only("better-auth", "better-auth", "^lib/server/access/passwords\\.ts$"),
  {
    name: "nothing imports a test or what serves tests",
    severity: "error",
    from: { path: ours, pathNot: tests },
    to: { path: tests },
  },
  {
    name: "no cycles",
    severity: "error",
    from: {},
    to: { circular: true },
  },
  {
    name: "no orphans",
    severity: "error",
    from: { orphan: true, pathNot: "\\.d\\.ts$|\\.mjs$|\\.css$|\\.json$|^app/|\\.test\\.tsx?$" },
    to: {},
  },
  {
    name: "everything is found",
    severity: "error",
    from: {},
    to: { couldNotResolve: true },
  },
];

/** Every API route responds through `handle`, which formats errors. */
const required = [
  {
    name: "a route.ts goes through handle",
    severity: "error",
    module: { path: "^app/.*route\\.ts$" },
    to: { path: "^lib/server/http/", reachable: true },
  },
];

const { output } = await cruise(
  folders,
  {
    validate: true,
    ruleSet: { forbidden, required },
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    exclude: { path: "\\.next/" },
  },
  { conditionNames: ["import", "node", "default"], exportsFields: ["exports"] },
  { tsConfig: extractTSConfig("tsconfig.json") },
);

const { violations, totalCruised, totalDependenciesCruised } = output.summary;
const tableFaults = [...unlisted, ...misordered];
for (const fault of tableFaults) console.error(fault);
for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from}${from === to ? "" : ` → ${to}`}`);
if (totalCruised < fewestModules) {
  console.error(`Only ${totalCruised} modules were read; there are more than ${fewestModules}.`);
}
console.log(
  `boundaries: ${totalCruised} modules, ${totalDependenciesCruised} imports, ${violations.length} violations`,
);
process.exit(violations.length + tableFaults.length > 0 || totalCruised < fewestModules ? 1 : 0);

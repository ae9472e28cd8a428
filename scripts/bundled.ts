import { existsSync, realpathSync } from "node:fs";
import { type KeptCluster, listClusters, removeClusterFolder } from "@/db/bundled";
import { env } from "@/lib/server/env";
import { parseOptions, runCommand, UsageError } from "./command";

const usage = `Usage: npm run --silent bundled -- list [--json]
       npm run --silent bundled -- remove FOLDER…
       npm run --silent bundled -- remove --gone

Lists the databases of the bundled PostgreSQL on this machine, or deletes some of them for good. A database is in
the folder pg of the data folder (DATA_DIR). Only where npm start runs as root, in a project that PostgreSQL's own user
cannot access, it is in /var/lib/embedded-pg, and pg is a link to it.

  --gone   those whose project was deleted
  --json   for programs
  --help   this text

Exit code 0: done. 1: it failed, such as for a database that runs. 2: wrong usage.`;

type Task =
  | { readonly kind: "help" }
  | { readonly kind: "list"; readonly json: boolean }
  | { readonly kind: "remove"; readonly folders: readonly string[]; readonly gone: boolean };

function readTask(): Task {
  const flag = { type: "boolean", default: false } as const;
  const options = { help: flag, json: flag, gone: flag };
  const { values, positionals } = parseOptions({ options, allowPositionals: true });
  const [verb = "list", ...folders] = positionals;
  if (values.help) return { kind: "help" };
  if (verb === "list" && folders.length === 0 && !values.gone) return { kind: "list", json: values.json };
  if (verb === "remove" && folders.length > 0 !== values.gone) return { kind: "remove", folders, gone: values.gone };
  throw new UsageError("Use list, or remove with folders or --gone.");
}

const sizeOf = ({ bytes }: KeptCluster): string => `${Math.round(bytes / 2 ** 20)} MiB`;

const stateText = { running: "runs", stopped: "stopped", gone: "its project is gone" } as const;

function run(): void {
  const task = readTask();
  if (task.kind === "help") {
    console.log(usage);
    return;
  }
  const { DATA_DIR } = env();
  const clusters = listClusters(existsSync(DATA_DIR) ? realpathSync(DATA_DIR) : DATA_DIR);
  if (task.kind === "list") {
    if (task.json) console.log(JSON.stringify(clusters));
    else if (clusters.length === 0) console.log("There is none.");
    else {
      for (const cluster of clusters) {
        console.log(
          `${cluster.folder}  ${sizeOf(cluster)}  ${stateText[cluster.state]}  of ${cluster.dataDir ?? "an unknown project"}`,
        );
      }
    }
    return;
  }
  const chosen = task.gone
    ? clusters.filter(({ state }) => state === "gone")
    : task.folders.map((folder) => {
        const found = clusters.find((cluster) => cluster.folder === folder);
        if (found === undefined) throw new UsageError(`${folder} is not one of the listed ones.`);
        return found;
      });
  for (const cluster of chosen) {
    removeClusterFolder(cluster.folder);
    console.log(`removed ${cluster.folder}, ${sizeOf(cluster)}`);
  }
  if (chosen.length === 0) console.log("There are none whose project is gone.");
}

await runCommand(usage, run);

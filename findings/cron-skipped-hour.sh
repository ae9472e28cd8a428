#!/usr/bin/env bash
# Two cron libraries run a job of the skipped hour at different instants
#
# Version: croner 11.0.1, cron-parser 5.10.6
# Expected: a nightly 02:30 job on the night when 02:00 to 03:00 does not exist runs at the same moment in both,
# or not at all.
# Seen: croner runs it at 03:00, cron-parser at 03:30.
# So: a nightly job has to state its own rule for that night.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund croner@11.0.1 cron-parser@5.10.6
cat >probe.mjs <<'CODE'
import { Cron } from "croner";
import { CronExpressionParser } from "cron-parser";
const from = new Date("2023-03-12T06:30:00Z");
console.log("croner", new Cron("30 2 * * *", { timezone: "America/Chicago" }).nextRun(from).toISOString());
console.log("cron-parser", CronExpressionParser.parse("30 2 * * *", { tz: "America/Chicago", currentDate: from }).next().toDate().toISOString());
CODE
cat >expected.txt <<'SEEN'
croner 2023-03-12T08:00:00.000Z
cron-parser 2023-03-12T08:30:00.000Z
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: cron-skipped-hour" >&2; exit 1; }
cat actual.txt

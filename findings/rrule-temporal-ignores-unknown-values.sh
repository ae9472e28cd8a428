#!/usr/bin/env bash
# rrule-temporal drops a month or day that does not exist, and a part that it does not know
#
# Version: rrule-temporal 2.2.8
# Expected: an error for BYMONTH=13, BYMONTHDAY=32 and EVERY=MO, as for FREQ=FORTNIGHTLY and BYDAY=MOO, which throw.
# Seen: the part is ignored in silence: on the date of DTSTART every year, on its day every month, every day.
# So: every part of a rule is checked before the library sees it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund rrule-temporal@2.2.8
cat >probe.mjs <<'CODE'
import { RRuleTemporal } from "rrule-temporal";
const rules = [
  "FREQ=FORTNIGHTLY",
  "FREQ=DAILY;BYDAY=MOO",
  "FREQ=YEARLY;BYMONTH=13",
  "FREQ=MONTHLY;BYMONTHDAY=32",
  "FREQ=DAILY;EVERY=MO",
];
for (const rule of rules) {
  try {
    const dates = new RRuleTemporal({ rruleString: `DTSTART:20260106T000000Z\nRRULE:${rule};COUNT=3` }).all();
    console.log(rule, dates.map((date) => date.toPlainDate().toString()).join(" "));
  } catch (error) {
    console.log(rule, "throws", error.message.split("\n")[0]);
  }
}
CODE
cat >expected.txt <<'SEEN'
FREQ=FORTNIGHTLY throws Invalid FREQ value: FORTNIGHTLY
FREQ=DAILY;BYDAY=MOO throws Invalid BYDAY value: MOO
FREQ=YEARLY;BYMONTH=13 2026-01-06 2027-01-06 2028-01-06
FREQ=MONTHLY;BYMONTHDAY=32 2026-01-06 2026-02-06 2026-03-06
FREQ=DAILY;EVERY=MO 2026-01-06 2026-01-07 2026-01-08
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: rrule-temporal-ignores-unknown-values" >&2; exit 1; }
cat actual.txt

#!/usr/bin/env bash
# In OpenStreetMap's opening_hours a rule for Saturday closes Friday's night at midnight
#
# Version: opening_hours 3.15.0
# Expected: "Fr 18:00-02:00; Sa 10:00-14:00" leaves Friday's opening its end at 02:00.
# Seen: at 01:00 on Saturday it is closed; without the Saturday rule it is open.
# So: a converter has to cut the night, or say that it does not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund opening_hours@3.15.0
cat >probe.mjs <<'CODE'
import OpeningHours from "opening_hours";
const place = { lat: 52.5, lon: 13.4, address: { country_code: "de", state: "Berlin" } };
const saturdayNight = new Date("2026-06-06T01:00");
for (const rule of ["Fr 18:00-02:00", "Fr 18:00-02:00; Sa 10:00-14:00"]) console.log(rule, "|", new OpeningHours(rule, place).getState(saturdayNight));
CODE
cat >expected.txt <<'SEEN'
Fr 18:00-02:00 | true
Fr 18:00-02:00; Sa 10:00-14:00 | false
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: opening-hours-saturday-rule-cuts-friday-night" >&2; exit 1; }
cat actual.txt

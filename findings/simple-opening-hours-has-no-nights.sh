#!/usr/bin/env bash
# simple-opening-hours is never open in a night, and open at its closing minute
#
# Version: simple-opening-hours 0.1.1
# Expected: 18:00-02:00 is open at 20:00, and 09:00-17:00 is closed at 17:00.
# Seen: the first is closed at 20:00 and at 01:00, the second open at 17:00.
# So: restaurants need a library that knows nights.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund simple-opening-hours@0.1.1
cat >probe.mjs <<'CODE'
import { SimpleOpeningHours } from "simple-opening-hours";
const at = (rule, time) => new SimpleOpeningHours(rule).isOpenOn(new Date(`2026-06-01T${time}:00`));
console.log(at("Mo-Su 18:00-02:00", "20:00"), at("Mo-Su 18:00-02:00", "01:00"), at("Mo-Fr 09:00-17:00", "17:00"));
CODE
cat >expected.txt <<'SEEN'
false false true
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: simple-opening-hours-has-no-nights" >&2; exit 1; }
cat actual.txt

#!/usr/bin/env bash
# Luxon formats an Interval in UTC when its zone is a custom Zone
#
# Version: luxon 3.7.2
# Expected: Interval.toLocaleString uses the zone of its DateTimes, as DateTime.toLocaleString does.
# Seen: with a Zone subclass DateTime says 5:00 AM, its Interval says 12:00 (UTC), without a warning.
# So: a product that brings its own zone rules cannot format ranges with Luxon; we format from offsets.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund luxon@3.7.2
cat >probe.mjs <<'CODE'
import { DateTime, Interval, Zone } from "luxon";
class Fixed extends Zone {
  get type() { return "custom"; }
  get name() { return "America/Vancouver"; }
  get isUniversal() { return true; }
  get isValid() { return true; }
  offsetName() { return "MST"; }
  formatOffset() { return "-07:00"; }
  offset() { return -420; }
  equals(other) { return other === this; }
}
const start = DateTime.fromISO("2026-12-01T12:00:00Z", { zone: new Fixed() });
console.log(start.toLocaleString(DateTime.TIME_24_SIMPLE));
console.log(Interval.after(start, { hours: 2 }).toLocaleString(DateTime.TIME_24_SIMPLE).replaceAll(/\s/g, " "));
CODE
cat >expected.txt <<'SEEN'
05:00
12:00 – 14:00
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: luxon-interval-text-ignores-custom-zone" >&2; exit 1; }
cat actual.txt

#!/usr/bin/env bash
# prom-client writes a NaN gauge as "Nan"
#
# Version: prom-client 15.1.3
# Expected: the text format of Prometheus spells it NaN.
# Seen: the line says Nan, which Prometheus happens to read and strict parsers do not.
# So: a gauge without a value is better left out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund prom-client@15.1.3
cat >probe.mjs <<'CODE'
import client from "prom-client";
const register = new client.Registry();
new client.Gauge({ name: "uptime_ratio", help: "h", registers: [register] }).set(NaN);
console.log((await register.metrics()).split("\n")[2]);
CODE
cat >expected.txt <<'SEEN'
uptime_ratio Nan
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: prom-client-writes-nan-its-own-way" >&2; exit 1; }
cat actual.txt

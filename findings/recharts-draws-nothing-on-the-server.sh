#!/usr/bin/env bash
# Recharts renders an empty box on the server, even with a fixed size
#
# Version: recharts 3.10.1, react 19.3.1, react-dom 19.3.1
# Expected: a BarChart of 600 by 200 without animation renders its SVG with renderToString.
# Seen: the markup is one div of that size without any SVG: the chart appears only after hydration.
# So: what must be readable before hydration has to stand in a table.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund recharts@3.10.1 react@19.3.1 react-dom@19.3.1
cat >probe.mjs <<'CODE'
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { Bar, BarChart, XAxis } from "recharts";
const bars = createElement(Bar, { dataKey: "up", isAnimationActive: false });
const chart = createElement(BarChart, { width: 600, height: 200, data: [{ hour: 1, up: 1 }] }, createElement(XAxis, { dataKey: "hour" }), bars);
const html = renderToString(chart);
console.log(html.startsWith('<div'), html.includes("<svg"), html.includes("width:600px"));
CODE
cat >expected.txt <<'SEEN'
true false true
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: recharts-draws-nothing-on-the-server" >&2; exit 1; }
cat actual.txt

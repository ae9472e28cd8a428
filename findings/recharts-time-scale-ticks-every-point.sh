#!/usr/bin/env bash
# Recharts' time scale puts a tick at every data point and ignores tickCount
#
# Version: recharts 3.10.1, react 19.3.1, react-dom 19.3.1, jsdom 29.1.1
# Expected: scale="time" with tickCount 5 gives about five ticks at round times, as d3 does.
# Seen: ten points give ten ticks at the points' own odd seconds; the linear scale honours tickCount.
# So: ticks have to be computed and passed in.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund recharts@3.10.1 react@19.3.1 react-dom@19.3.1 jsdom@29.1.1
cat >probe.mjs <<'CODE'
import { JSDOM } from "jsdom";
const { window } = new JSDOM("<div id=root></div>", { pretendToBeVisual: true });
Object.assign(globalThis, { window, document: window.document, HTMLElement: window.HTMLElement, SVGElement: window.SVGElement, Element: window.Element, IS_REACT_ACT_ENVIRONMENT: true,
  requestAnimationFrame: (run) => setTimeout(run, 0), cancelAnimationFrame: clearTimeout });
Object.defineProperty(globalThis, "navigator", { value: window.navigator, configurable: true });
const { act, createElement } = await import("react");
const { createRoot } = await import("react-dom/client");
const { Line, LineChart, XAxis } = await import("recharts");
const data = Array.from({ length: 10 }, (_, i) => ({ at: Date.UTC(2026, 0, 1) + i * 421_000, up: i }));
for (const scale of ["linear", "time"]) {
  const root = createRoot(window.document.getElementById("root"));
  const axis = createElement(XAxis, { dataKey: "at", type: "number", scale, tickCount: 5, interval: 0, domain: ["dataMin", "dataMax"] });
  await act(() => root.render(createElement(LineChart, { width: 1200, height: 200, data }, axis, createElement(Line, { dataKey: "up", isAnimationActive: false }))));
  await new Promise((resolve) => setTimeout(resolve, 100));
  console.log(scale, window.document.querySelectorAll(".recharts-cartesian-axis-tick-value").length);
  await act(() => root.unmount());
}
process.exit(0);
CODE
cat >expected.txt <<'SEEN'
linear 5
time 10
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: recharts-time-scale-ticks-every-point" >&2; exit 1; }
cat actual.txt

import fc from "fast-check";
import { expect, it } from "vitest";
import { arbCase } from "@/lib/uptime/arbitraries";
import { openIntervals } from "@/lib/uptime/business-hours";
import { findBoundedIncidents } from "@/lib/uptime/incidents";
import { packPolls } from "@/lib/uptime/packed-polls";
import { defaultReachMs } from "@/lib/uptime/windows";
import { pollRangeAt } from "./poll-range";
import { weekIncidents } from "./week-incidents";

it("finds in the polls of the range what all polls tell of the week, and says where they may tell more", () => {
  fc.assert(
    fc.property(arbCase, ({ schedule, polls: all, asOf }) => {
      const known = new Map(all.filter(({ at }) => at <= asOf).map((poll) => [poll.at, poll]));
      const polls = [...known.values()].sort((a, b) => a.at - b.at);
      const range = pollRangeAt(asOf);
      const inRange = packPolls(polls.filter(({ at }) => at >= range.from));
      const found = weekIncidents(7, openIntervals(schedule, range.open), inRange, range);
      const open = openIntervals(schedule, { start: range.from - 100 * defaultReachMs, end: range.open.end });
      const whole = findBoundedIncidents(open, packPolls(polls), defaultReachMs, asOf).filter(
        ({ end }) => end > range.weekStart,
      );
      expect(found.map(({ end, ongoing }) => ({ end, ongoing }))).toEqual(
        whole.map(({ end, ongoing }) => ({ end, ongoing })),
      );
      found.forEach(({ storeKey, startKnown, ...one }, index) => {
        expect(storeKey).toBe(7);
        if (startKnown) expect(whole[index]).toMatchObject(one);
        else expect(whole[index]?.start).toBeLessThanOrEqual(one.start);
      });
    }),
  );
});

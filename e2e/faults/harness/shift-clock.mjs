// Loaded into a replica first: its clock is off by CLOCK_SHIFT_MS.
const shiftMs = Number(process.env.CLOCK_SHIFT_MS);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  // Next replaces Date again, and copies only its own properties.
  static parse = RealDate.parse;
  static UTC = RealDate.UTC;
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + shiftMs);
    else super(...given);
  }
  static now() {
    return RealDate.now() + shiftMs;
  }
};

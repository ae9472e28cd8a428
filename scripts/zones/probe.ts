/** Questions to each component: now, and once a day for the year ahead. */
export interface Question {
  readonly names: readonly string[];
  /** The first is now. */
  readonly instants: readonly number[];
  /** An empty folder to work in. */
  readonly folder: string;
}

/**
 * A program for a JavaScript runtime: prints, as JSON, its version and, for each name, its offsets in minutes at each
 * instant by the runtime's own rules; null for an unknown name.
 */
export function probeProgram(names: readonly string[], instants: readonly number[], print: string): string {
  return `
const names = ${JSON.stringify(names)};
const instants = ${JSON.stringify(instants)};
const fields = { hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" };
const offsetsOf = (name) => {
  let format;
  try {
    format = new Intl.DateTimeFormat("en-US", { timeZone: name, ...fields });
  } catch {
    return null;
  }
  return instants.map((at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    return (Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute) - Math.floor(at / 60000) * 60000) / 60000;
  });
};
const node = typeof process === "undefined" ? undefined : process.versions;
const version = node ? node.node : (navigator.userAgent.match(/Chrome\\/([\\d.]+)/) || [])[1];
const answer = JSON.stringify({ version, release: node ? node.tz : null, offsets: Object.fromEntries(names.map((name) => [name, offsetsOf(name)])) });
${print};
`;
}

/** The offsets that a component gives for the names. */
export interface Probed {
  readonly version: string;
  /** The tz release that it reports; null without one. */
  readonly release: string | null;
  readonly offsets: Readonly<Record<string, readonly number[] | null>>;
}

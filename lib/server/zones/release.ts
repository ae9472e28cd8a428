/**
 * Releases of the tz database are named by year and letters: `2026f`, and after `2026z` come `2026za` to `2026zz`.
 * Builds between releases have a suffix, as in `2026f-12-g0a1b2c3`.
 */
const pattern = /^(\d{4})([a-z]{1,4})(?:-(\d+)-g[0-9a-f]+)?(?:-dirty)?$/;

export function isRelease(text: string): boolean {
  return pattern.test(text);
}

/** Orders releases by age, older first. @throws {Error} when one is malformed */
export function compareReleases(a: string, b: string): number {
  const [one, other] = [keyOf(a), keyOf(b)];
  return (
    one.year - other.year ||
    one.letters.length - other.letters.length ||
    (one.letters < other.letters ? -1 : one.letters > other.letters ? 1 : 0) ||
    one.commits - other.commits
  );
}

function keyOf(release: string) {
  const match = pattern.exec(release);
  if (match === null) throw new Error(`Not a release of the tz database: ${JSON.stringify(release)}.`);
  return { year: Number(match[1]), letters: match[2] ?? "", commits: Number(match[3] ?? 0) };
}

/** From the release notes of the tz database. */
const knownDates: Readonly<Record<string, string>> = {
  "2024a": "2024-02-01",
  "2024b": "2024-09-04",
  "2025a": "2025-01-15",
  "2025b": "2025-03-22",
  "2025c": "2025-12-10",
  "2026a": "2026-03-01",
  "2026b": "2026-04-22",
  "2026c": "2026-07-08",
  "2026d": "2026-09-11",
  "2026e": "2026-09-29",
  "2026f": "2026-10-27",
};

/** The date in the release notes, `YYYY-MM-DD`; null for a release newer than this program. */
export function knownReleaseDate(release: string): string | null {
  return knownDates[release] ?? null;
}

const isoDate = (at: number): string => new Date(at).toISOString().slice(0, 10);

/**
 * The date of a release, `YYYY-MM-DD`: from the release notes, else from its file, limited to the release's year (a
 * copied file has the date of the copy).
 * @param fileTime ms since 1970
 */
export function releaseDate(release: string, fileTime: number): string {
  const known = knownReleaseDate(release);
  if (known !== null) return known;
  const year = keyOf(release).year;
  return isoDate(Math.min(Math.max(fileTime, Date.UTC(year, 0, 1)), Date.UTC(year, 11, 31)));
}

import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary as common } from "@zxcvbn-ts/language-common";
import { dictionary as english, translations } from "@zxcvbn-ts/language-en";

/** The rest is ignored: the cost of the estimate grows with the square of the length, and this much is enough. */
const maxCharacters = 48;

/** log10 of the guesses that a password must withstand. Guessing 10^10 of our hashes takes years on rented hardware. */
const minGuesses = 10;

/** Phrases of several words that are in every list of guesses, written without spaces. */
const phrases = [
  "correcthorsebatterystaple",
  "thequickbrownfox",
  "tobeornottobe",
  "maytheforcebewithyou",
  "onceuponatime",
];

/** Words that people choose because they are on the screen. */
const ours = ["store", "stores", "monitoring", "monitor", "uptime", "restaurant", "operator", "owner", "dashboard"];

const estimator = new ZxcvbnFactory({
  dictionary: { ...common, ...english, phrases, ours },
  graphs: adjacencyGraphs,
  translations,
  maxLength: maxCharacters,
});

/** Sets of words of which a second one adds nothing: an attacker who tries `summer` tries `winter`. */
const themes: readonly ReadonlySet<string>[] = [
  english["seasons-en"],
  english["months-en"],
  english["daysOfWeek-en"],
  english["rainbowColors-en"],
].map((words) => new Set(words));

const substitutes: Readonly<Record<string, string>> = { "@": "a", $: "s", "0": "o", "3": "e", "4": "a", "5": "s" };

/** Reads `p@ssw0rd` as the word that it stands for. */
const withoutSubstitutes = (text: string): string =>
  text.replace(/(?<=\p{L})[@$0345](?=\p{L})/gu, (sign) => substitutes[sign] ?? sign);

/** `text` with each word, year and number once, and one word of each theme: what remains of `Summer2026Summer!`. */
function withoutRepeats(text: string): string {
  const seen = new Set<string>();
  return text.replace(/(?<=[\p{L}\d])[-_.](?=[\p{L}\d])/gu, "").replace(/\p{L}{3,}|\d+/gu, (part) => {
    const word = part.toLowerCase();
    const isYear = /^(19|20)\d\d$/.test(word);
    const theme = themes.findIndex((words) => words.has(word));
    const kind = isYear ? "a year" : theme < 0 ? word : `theme ${theme}`;
    if (seen.has(kind)) return "";
    seen.add(kind);
    return part;
  });
}

/** The person's own words from a name or an address, whole and in parts. */
function wordsOf(text: string): readonly string[] {
  const parts = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return [text.toLowerCase(), text.toLowerCase().split("@", 1)[0] ?? "", ...parts, parts.join("")].filter(
    (word) => word.length > 2,
  );
}

/**
 * Why a password is easy to guess, as a sentence; null for a strong one.
 * @param about what else is known of the person: name, e-mail address
 */
export function passwordWeakness(password: string, about: readonly string[]): string | null {
  const text = password.normalize("NFKC").slice(0, maxCharacters);
  const inputs = [...new Set(about.flatMap(wordsOf))];
  const whole = estimator.check(text, inputs);
  const plain = new Set([withoutRepeats(text), withoutRepeats(withoutSubstitutes(text))]);
  plain.delete(text);
  const isWeak = (guessesLog10: number): boolean => guessesLog10 < minGuesses;
  const repeats = !isWeak(whole.guessesLog10);
  if (repeats && ![...plain].some((one) => isWeak(estimator.check(one, inputs).guessesLog10))) return null;
  const lower = text.toLowerCase();
  if (inputs.some((word) => lower.includes(word))) return "It is made of your own name or e-mail address.";
  if (repeats) return "It repeats a word, or joins common words such as a season and a year.";
  return whole.feedback.warning ?? "It is made of words and numbers that guessing programs try first.";
}

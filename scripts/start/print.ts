/** Prints a step of the start: its name, its duration, and a note. */
export function printStep(step: string, sinceMs: number, note = ""): void {
  const seconds = ((performance.now() - sinceMs) / 1000).toFixed(1);
  print(step, `ready in ${seconds} s${note === "" ? "" : ` (${note})`}`);
}

export function print(subject: string, text: string): void {
  console.log(`${subject.padEnd(10)} ${text}`);
}

import { readFileSync, writeFileSync } from "node:fs";
import { makeShippedZones, shippedFile, shippedText } from "./shipped-file";
import { makeWindowsZones, windowsFile } from "./windows-zones";

/** The files that are generated from packages, and their expected contents. */
function generatedFiles(): readonly (readonly [file: string, text: string])[] {
  return [
    [shippedFile, shippedText(makeShippedZones())],
    [windowsFile, `${JSON.stringify(makeWindowsZones(), null, 2)}\n`],
  ];
}

/** Writes the files that differ. @returns their names */
export function writeGeneratedFiles(): readonly string[] {
  return staleFiles().map((file) => {
    const [, text] = generatedFiles().find(([name]) => name === file) ?? [file, ""];
    writeFileSync(file, text);
    return file;
  });
}

/** The files that differ from what the installed packages produce. */
export function staleFiles(): readonly string[] {
  return generatedFiles()
    .filter(([file, text]) => readFileSync(file, "utf8") !== text)
    .map(([file]) => file);
}

import { parseArgs, type ParseArgsConfig } from "node:util";

/** The command was used wrongly. */
export class UsageError extends Error {}

/** `parseArgs` of the command's arguments. @throws UsageError */
export function parseOptions<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Runs a command. Its exit code is the one that it sets, 1 when it throws and 2 for a UsageError, after which the usage
 * is printed.
 * @param describe formats an error for users
 */
export async function runCommand(
  usage: string,
  run: () => Promise<void> | void,
  describe: (error: unknown) => string = messageOf,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    console.error(describe(error));
    if (error instanceof UsageError) console.error(`\n${usage}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

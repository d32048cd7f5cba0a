import { run } from "../../package/support/run.js";
import type { Engine } from "./engines.js";

/** What a script is asked for: see scripts/settings.mjs. */
export type Settings = Record<string, unknown>;

/**
 * Runs a script in an engine, and returns what it printed. It rejects unless the script ends by itself, in time and with
 * exit code 0, and prints one line and no warning.
 * @param isSpoken whether this may stand in a line on the error stream. Default: none may
 */
export async function runScript<Result>(
  { command: [program, ...args] }: Engine,
  script: string,
  settings: Settings,
  consumer: string,
  isSpoken: (line: string) => boolean = () => false,
): Promise<Result> {
  const { stdout, stderr } = await run(program, [...args, script, JSON.stringify(settings)], consumer);
  const warnings = stderr.split("\n").filter((line) => line !== "" && !isSpoken(line));
  if (warnings.length > 0)
    throw new Error(`${script} prints no warning, but printed:\n${warnings.join("\n")}`);
  return JSON.parse(stdout) as Result;
}

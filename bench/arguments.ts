import { parseArgs } from "node:util";

/** What was asked for on the command line. */
export interface Arguments {
  /** Works to run; none for all. */
  readonly names: readonly string[];
  /** Measurements of each contender, after one to warm up. */
  readonly rounds: number;
  /** How long a measurement shall take, where the work does not say. */
  readonly seconds: number;
  /** Whether to use the built package as it is, older than its sources or not. */
  readonly build: boolean;
  /** Whether to write the results down. */
  readonly write: boolean;
}

/** @throws Error for names of works that there are not, and for numbers that are none */
export function readArguments(argv: readonly string[], known: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      rounds: { type: "string", default: "5" },
      seconds: { type: "string", default: "0.4" },
      "no-build": { type: "boolean", default: false },
      "no-write": { type: "boolean", default: false },
    },
  });
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Error(`bench expects names of works, but got "${unknown}". There are ${known.join(", ")}.`);
  }
  const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`bench expects a whole number of rounds from 1, but got "${values.rounds}". Try 5.`);
  }
  if (!(seconds > 0)) {
    throw new Error(`bench expects seconds above 0, but got "${values.seconds}". Try 0.4.`);
  }
  return { names: positionals, rounds, seconds, build: !values["no-build"], write: !values["no-write"] };
}

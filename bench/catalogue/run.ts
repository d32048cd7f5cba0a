/**
 * Every member of the catalogue that PyTorch has too, beside it: one thread each, by turns, batches of 32, four widths.
 *
 *     npm run bench:catalogue                          all of it, some minutes
 *     npm run bench:catalogue -- GELU AdamW --rounds 1
 *     npm run bench:catalogue -- --steps               whole steps of training a network that has the member
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { newest, pythonWith, root } from "../engines.js";
import { fourWide } from "../python-peers.js";
import { number, table } from "../report/table.js";
import { temporary } from "../temporary.js";
import { type Measurement, WIDTHS } from "./measure.js";
import { layers, losses, optimizers } from "./members.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "3" }, steps: { type: "boolean", default: false } },
});
const names = [layers, optimizers, losses].flatMap(Object.keys);
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0)
  throw new Error(`bench:catalogue expects ${names.join(", ")}, but got ${unknown.join(", ")}.`);
const python = pythonWith("torch");
if (python === undefined) throw new Error("No PyTorch: run npm run bench:peers first.");

const ours = join(temporary, "catalogue.mjs");
const options = { bundle: true, platform: "node", format: "esm", target: "es2022" } as const;
const program = `bench/catalogue/${values.steps ? "ours-steps" : "ours"}.ts`;
await build({ entryPoints: [join(root, program)], outfile: ours, ...options });

const theirs = join(root, "bench/catalogue/theirs.py");
const run = (
  command: string,
  file: string,
  members: readonly string[],
  env: Readonly<Record<string, string>> = {},
) =>
  execFileSync(command, [file, ...members], {
    encoding: "utf8",
    env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", ...env },
  })
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Measurement);

const chosen = names.filter((name) => positionals.length === 0 || positionals.includes(name));
const asked = [...(values.steps ? ["--steps"] : []), ...chosen];
// Each of ours in a process of its own, as a program has it: an engine compiles a loop for the one formula that it sees.
const rounds = Array.from({ length: Number(values.rounds) }, () => ({
  ours: chosen.flatMap((name) => run(newest.program, ours, [name])),
  theirs: run(python, theirs, asked),
  held: run(python, theirs, asked, fourWide.env),
}));
const best = (side: "ours" | "theirs" | "held", name: string, width: number) =>
  Math.min(
    ...rounds.flatMap((round) =>
      round[side].filter((one) => one.name === name && one.width === width).map((one) => one.microseconds),
    ),
  );

const rows = chosen.map((name) => {
  const cells = WIDTHS.map((width) => {
    const [us, them, held] = [
      best("ours", name, width),
      best("theirs", name, width),
      best("held", name, width),
    ];
    return `${number(them / us)} · ${number(held / us)} (${us.toFixed(0)} / ${them.toFixed(0)})`;
  });
  return [name, ...cells];
});
console.log("Times as fast as PyTorch · as PyTorch held to vectors of four numbers (µs ours / theirs)");
console.log(table(["", ...WIDTHS.map(String)], rows));

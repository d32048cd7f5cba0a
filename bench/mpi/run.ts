/**
 * Measures training in several processes on this machine.
 *
 *     npm run bench:mpi                              all, some minutes
 *     npm run bench:mpi -- reductions scaling        parts of it
 *     npm run bench:mpi -- --rounds 1                a quick look
 *     npm run bench:mpi -- --model                   a model of larger clusters, and how far it is off
 */
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { buildPrograms } from "./build.js";
import { flavours, titles } from "./flavours.js";
import { subjects } from "./models.js";
import { measureReductions } from "./reductions.js";
import { measureScaling, scalingTable } from "./scaling.js";
import { tellModel } from "./tell-model.js";

const parts = ["reductions", "scaling", ...subjects.map(({ name }) => name)];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "5" },
    model: { type: "boolean", default: false },
  },
});
const unknown = positionals.find((name) => !parts.includes(name));
if (unknown !== undefined) throw new Error(`bench:mpi expects ${parts.join(", ")}, but got ${unknown}.`);
if (flavours.length === 0) throw new Error("bench:mpi expects an MPI: scripts/install-mpi.sh installs two.");
const rounds = Number(values.rounds);
const isWanted = (...names: readonly string[]) =>
  positionals.length === 0 || names.some((name) => positionals.includes(name));

const load = () =>
  loadavg()
    .map((x) => x.toFixed(1))
    .join(" ");
await buildPrograms();
console.log(
  `${cpus()[0].model.trim()}, ${cpus().length} cores, Node ${process.version}. Load before: ${load()}\n`,
);
if (values.model) {
  console.log(await tellModel(rounds));
  console.log(`Load after: ${load()}`);
  process.exit();
}
if (isWanted("reductions")) console.log(`${await measureReductions(rounds)}\n`);
const cores = cpus().length;
const places = [1, 2, 4].map((ranks) => ({
  name: `${ranks} ${ranks > 1 ? "ranks" : "rank"}${ranks > cores ? ` on ${cores} cores` : ""}`,
  ...(ranks > 1 ? { ranks, flavour: flavours[0] } : { ranks }),
}));
const lines: (readonly string[])[] = [];
for (const subject of subjects.filter(({ name }) => isWanted("scaling", name))) {
  for (const place of places) lines.push(...(await measureScaling(subject, place, 4 * rounds)));
}
if (lines.length > 0) console.log(`${titles[flavours[0]]}\n\n${scalingTable(lines)}\n`);
console.log(`Load after: ${load()}`);

/**
 * Our network beside scikit-learn's, on the same folds of five sets of real data.
 *
 *     bash bench/quality/install.sh && npx tsx bench/quality/run.ts
 *     npx tsx bench/quality/run.ts iris wine --folds 3 --repeats 1     a short form
 *     npx tsx bench/quality/run.ts --recipe same --seed 1 --repeats 50 the same network alone, on other folds
 *     npx tsx bench/quality/run.ts --recipe own --alpha 1              scikit-learn with a penalty that suits it better
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { setThreads } from "../../src/index.js";
import { pythonWith } from "../engines.js";
import { table } from "../report/table.js";
import { pathOf, readSet } from "./data.js";
import { foldsOf } from "./folds.js";
import { type Recipe, recipes, score } from "./network.js";
import { type Paired, paired } from "./paired.js";
import { own, type SetOf, same, sets, settings } from "./settings.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    folds: { type: "string", default: String(settings.folds) },
    repeats: { type: "string", default: String(settings.repeats) },
    seed: { type: "string", default: String(settings.seed) },
    alpha: { type: "string", default: String(same.alpha) },
    recipe: { type: "string", multiple: true, default: [...recipes] },
  },
});
const [folds, repeats] = [whole("folds", values.folds, 2), whole("repeats", values.repeats, 1)];
const seed = whole("seed", values.seed, 0);
const alpha = Number(values.alpha);
if (!(alpha >= 0)) throw new Error(`quality expects a number for alpha from 0, but got "${values.alpha}".`);
const chosen = sets.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (positionals.some((name) => sets.every((set) => set.name !== name))) {
  throw new Error(
    `quality expects ${sets.map(({ name }) => name).join(", ")}, but got ${positionals.join(" ")}.`,
  );
}
const tried = recipes.filter((recipe) => values.recipe.includes(recipe));
if (values.recipe.some((name) => tried.every((recipe) => recipe !== name))) {
  throw new Error(`quality expects the recipes ${recipes.join(", ")}, but got ${values.recipe.join(", ")}.`);
}
const python = pythonWith("sklearn");
if (python === undefined) throw new Error("No scikit-learn: run bash bench/quality/install.sh first.");
setThreads(1); // products of 32 rows are too small to share

const rows: Record<Recipe, string[][]> = { same: [], own: [] };
for (const set of chosen) {
  const data = await readSet(set);
  const parts = foldsOf(set, data.y, folds, repeats, seed);
  const start = performance.now();
  const working = scikitLearn(set, parts);
  const ours: Record<Recipe, number[]> = { same: [], own: [] };
  for (const recipe of tried) {
    for (const [i, fold] of parts.entries())
      ours[recipe].push(await score(set, data, fold, i, recipe, alpha));
  }
  const theirs = await working;
  for (const recipe of tried) rows[recipe].push(line(set, paired(ours[recipe], theirs, folds)));
  console.error(`${set.name}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
}

const head = ["set", "ours", "theirs", "difference", "standard error", "corrected", "verdict"];
const { units, epochs, batchSize } = settings;
const stated = { same: { ...same, alpha }, own };
for (const recipe of tried) {
  const all = JSON.stringify({ units, epochs, batchSize, ...stated[recipe] });
  console.log(
    `${recipe}: ${folds} folds × ${repeats} of seed ${seed}, ${all}; theirs with alpha ${alpha}\n\n${table(head, rows[recipe])}\n`,
  );
}

/** In percent; R² of diabetes in hundredths, too. */
function line(
  set: SetOf,
  { ours, theirs, difference, standardError, correctedError, verdict }: Paired,
): string[] {
  const name = `${set.name}, ${set.classes === 0 ? "R²" : "accuracy"}`;
  const percent = (x: number) => (100 * x).toFixed(2);
  const signed = `${difference <= -5e-5 ? "−" : "+"}${percent(Math.abs(difference))}`;
  const clearly = Math.abs(difference) > 2 * correctedError ? "clearly " : "";
  return [
    name,
    percent(ours),
    percent(theirs),
    signed,
    percent(standardError),
    percent(correctedError),
    clearly + verdict,
  ];
}

/** The scores of scikit-learn on these folds. It works in a process of its own, on one thread. */
function scikitLearn(set: SetOf, parts: readonly (readonly number[])[]): Promise<number[]> {
  const script = fileURLToPath(new URL("sklearn_mlp.py", import.meta.url));
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  return new Promise((resolve, reject) => {
    const child = execFile(python!, [script], { env }, (error, stdout) => {
      if (error) reject(error);
      else resolve(JSON.parse(stdout));
    });
    const all = { ...settings, ...same, alpha };
    const job = { path: pathOf(set), classes: set.classes, folds: parts, settings: all };
    child.stdin?.end(JSON.stringify(job));
  });
}

function whole(name: string, text: string, least: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least) return number;
  throw new Error(`quality expects a whole number for ${name} from ${least}, but got "${text}".`);
}

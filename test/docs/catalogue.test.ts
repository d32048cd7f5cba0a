import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import * as chainrule from "chainrule";
import * as node from "chainrule/node";
import { describe, expect, it } from "vitest";
import * as initializers from "../../src/initializers.js";
import { commonRules } from "../../src/optimizers/optimizer-options.js";
import * as schedules from "../../src/schedules.js";
import { layerClasses, losses, optimizerClasses } from "../support/subjects.js";
import { defaultOf, nameOf, page, read, root, rows, tables, titles } from "./catalogue-page.js";

const namesIn = (...headings: string[]) =>
  headings.flatMap((heading) => tables[heading].map(({ name }) => name)).sort();
/** What is exported and stands in no table, with the page that is about it. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  "README.md": [
    "ChainruleError",
    "Matrix",
    "Sequential",
    "checkGradients",
    "kernels",
    "setNumerics",
    "setThreads",
    "init",
  ],
  "docs/architecture.md": [
    "Context",
    "Elementwise",
    "Layer",
    "Optimizer",
    "Parameter",
    "Random",
    "lossOf",
    "named",
  ],
  "docs/data.md": ["Dataset", "oneHot"],
  "docs/files.md": ["modelFromBytes", "modelFromJSON", "modelToBytes", "readSafetensors", "writeSafetensors"],
  "docs/pytorch.md": ["loadWeights", "weightsToBytes"],
  "docs/tables.md": ["Table", "numeric", "oneHotCategory", "ordinalCategory", "rescale", "standardize"],
  "docs/training-tools.md": [
    ...["calibrationCurve", "doctor", "exportFunction", "learningRateRange", "permutationImportance"],
  ],
  types: ["formatShape", "sizeOf"],
};

describe("the catalogue", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ["layers and activations", layerClasses.map(({ type }) => type), ["Activations", "Layers"]],
    ["losses", [...new Set(losses.map(({ loss }) => loss.name))], ["Losses"]],
    ["optimizers", optimizerClasses.map(({ type }) => type), ["Optimizers"]],
    ["schedules", Object.keys(schedules).filter((name) => name !== "rateAt"), ["Schedules"]],
    ["initializers", Object.keys(initializers), ["Initializers"]],
  ])("has all %s, once each", (_, names, headings) => {
    expect(names.length).toBeGreaterThan(3);
    expect(namesIn(...headings)).toEqual([...names].sort());
  });

  it("has a row for everything that is exported, but for what other pages are about", () => {
    const told = [...rows.map(({ name }) => name), ...Object.values(elsewhere).flat()];
    expect(Object.keys(chainrule).filter((name) => !told.includes(name))).toEqual([]);
    expect(told.filter((name) => !(name in chainrule) && !(name in node))).toEqual([]);
    expect(new Set(told).size).toBe(told.length);
  });

  it("has the callbacks of chainrule/node", () => {
    const readers = [
      "csv",
      "idxExamples",
      "imageFolder",
      "jsonLines",
      "loadModel",
      "mnist",
      "parquet",
      "readIdx",
    ];
    const callbacks = Object.keys(node).filter((name) => ![...readers, "saveModel"].includes(name));
    expect(namesIn("Callbacks").filter((name) => name in node)).toEqual(callbacks.sort());
  });
});

describe.each(rows.map((row) => [row.name, row] as const))("%s", (name, { options, proof }) => {
  it("has the options that it takes", () => {
    expect(options.map(nameOf).sort()).toEqual(optionsOf(name));
  });

  it("has options and defaults of the right kind", () => {
    const rules = rulesOf(name);
    if (rules === undefined) return;
    for (const option of options) {
      const rule = rules[nameOf(option)];
      const isRequired = /^\w+$/.test(option);
      // Each optimizer's constructor asks for a rate itself.
      if (nameOf(option) !== "learningRate") expect(rule.accepts(undefined), option).toBe(!isRequired);
      const value = defaultOf(option);
      if (value !== undefined) expect(rule.accepts(value), option).toBe(true);
    }
  });

  it("is in the tests that are linked", () => {
    const linked = linksOf(proof);
    expect(linked.length).toBeGreaterThan(0);
    for (const path of linked.filter((path) => !path.includes("/conformance/"))) {
      const text = read(path);
      const golden = [...text.matchAll(/readGolden(?:<[^(]*>)?\("([\w-]+)"\)|\["losses", "paper_losses"\]/g)]
        .flatMap(([, file]) => (file === undefined ? ["losses", "paper_losses"] : [file]))
        .map((file) => read(`test/golden/${file}.json`));
      expect([text, ...golden].join("\n"), path).toMatch(new RegExp(`\\b${name}\\b`));
    }
  });
});

it("is counted right in the README", () => {
  const text = read("README.md");
  const told = [...text.matchAll(/(\d+) (\w+)(?=,| \|)/g)].map(([, count, kind]) => [kind, Number(count)]);
  const counts = titles.slice(0, -1).map((title) => [title.toLowerCase(), tables[title].length]);
  expect(Object.fromEntries(told)).toMatchObject(Object.fromEntries(counts));
});

it.each(["docs/catalogue.md", "docs/training-tools.md"])(
  "%s links to files and headings that exist",
  (document) => {
    const text = read(document);
    const inline = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
    const targets = [...inline, ...[...text.matchAll(/^\[[\w-]+\]: (\S+)$/gm)].map(([, target]) => target)];
    for (const target of targets) {
      const [path, anchor] = target.split("#");
      const file = path === "" ? document : join(dirname(document), path);
      expect(existsSync(join(root, file)), target).toBe(true);
      if (anchor !== undefined) expect(headingsOf(read(file)), target).toContain(anchor);
    }
  },
);

it("uses every link that it defines, and defines all", () => {
  const defined = [...page.matchAll(/^\[([\w-]+)\]: /gm)].map(([, label]) => label);
  const used = [...page.matchAll(/\]\[([\w-]+)\]/g)].map(([, label]) => label);
  expect([...new Set(used)].sort()).toEqual([...defined].sort());
});

/** The rules of a layer, or of an optimizer. */
function rulesOf(name: string) {
  const Class = [...layerClasses, ...optimizerClasses].find(({ type }) => type === name);
  return Class?.rules?.();
}

const one = chainrule.Matrix.zeros(1, 1);
/** What a factory takes before its options. */
const before: Readonly<Record<string, readonly unknown[]>> = {
  ...{
    checkpoint: ["folder"],
    csvLog: ["path"],
    htmlReport: ["path"],
    jsonLog: ["path"],
    tensorBoard: ["folder"],
    confusionMatrix: [one, one],
  },
};

/** The names of the options that a thing takes: of a factory, those that its error tells of when it is given another. */
function optionsOf(name: string): string[] {
  const rules = rulesOf(name);
  if (optimizerClasses.some(({ type }) => type === name)) {
    const common = Object.keys(commonRules());
    const own = Object.keys(rules ?? {}).filter((option) => !common.includes(option));
    const again = tables.Optimizers.find((row) => row.name === name)?.options.map(nameOf) ?? [];
    return [...own, ...again.filter((option) => common.includes(option))].sort();
  }
  if (rules !== undefined) return Object.keys(rules).sort();
  const exported: Readonly<Record<string, unknown>> = { ...chainrule, ...node };
  const factory = exported[name] as (...args: readonly unknown[]) => unknown;
  try {
    factory(...(before[name] ?? []), { nonsense: 1 });
  } catch (error) {
    const [, list = ""] = /only the options ([\w, ]+), but got/.exec((error as Error).message) ?? [];
    return list === "" ? [] : list.split(", ").sort();
  }
  return [];
}

/** The files of links such as [PyTorch][activations]. */
function linksOf(cell: string): string[] {
  return [...cell.matchAll(/\]\[([\w-]+)\]/g)].map(([, label]) => {
    const [, target = ""] = new RegExp(`^\\[${label}\\]: \\.\\./(\\S+)$`, "m").exec(page) ?? [];
    return target;
  });
}

/** Headings as they stand in links. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => {
    return heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replaceAll(" ", "-");
  });
}

import { cpus } from "node:os";
import { kernels } from "../../kernels/select.js";
import { writtenOptions } from "../../layers/layer-options.js";
import type { TrainEvent } from "../../model/callbacks.js";
import type { Sequential } from "../../model/sequential.js";
import type { Optimizer } from "../../optimizers/optimizer.js";
import { version } from "../generated/report-page.js";

/** What a training is made of, as it stands when it begins. */
export interface About {
  readonly summary: string;
  /** Name and value of what somebody would ask for. */
  readonly settings: readonly (readonly [name: string, value: string])[];
  /** A program that makes the same model. */
  readonly program: string;
  /** Whether the numbers are the same on every machine. */
  readonly isExact: boolean;
  /** What the parameters belong to, by their names. */
  readonly places: Readonly<Record<string, string>>;
}

/** A longer description of a model is left out of the program. */
const LONGEST = 20_000;

export function aboutOf({ model, epochs, batches }: TrainEvent): About {
  const { optimizer, loss, metrics } = model;
  const { seed, dtype = "float32" } = model.options;
  const { name, fused, threads } = kernels();
  const arithmetic = dtype === "float64" ? "float64" : `${fused ? "fast" : "exact"}, ${name}`;
  return {
    summary: model.summary(),
    settings: [
      ["seed", seed === undefined ? "0, the default" : String(seed)],
      ["optimizer", written(optimizer)],
      ["loss", loss?.name ?? "none"],
      ["metrics", metrics.length === 0 ? "none" : metrics.map((metric) => metric.name).join(", ")],
      ["epochs", String(epochs)],
      ["steps an epoch", batches === undefined ? "as the data has" : String(batches)],
      ["chainrule", version],
      ["runtime", runtime()],
      ["machine", `${process.platform} ${process.arch}, ${cpus()[0]?.model.trim() || "unknown processor"}`],
      ["arithmetic", `${dtype === "float64" ? arithmetic : `${dtype}, ${arithmetic}`}, threads: ${threads}`],
    ],
    program: programOf(model),
    isExact: dtype === "float64" || !fused,
    places: Object.fromEntries(
      model.layers.flatMap((layer) => layer.parameters.map((parameter) => [parameter.name, String(layer)])),
    ),
  };
}

/** As a program would make it: `Adam({ learningRate: 0.001 })`. An optimizer need not be one of this library. */
function written(optimizer: Optimizer | undefined): string {
  if (optimizer === undefined) return "none";
  return `${optimizer.type ?? optimizer.constructor.name}(${writtenOptions(optimizer.options ?? {})})`;
}

function runtime(): string {
  const { bun, deno, node } = process.versions as Readonly<Record<string, string | undefined>>;
  if (bun !== undefined) return `Bun ${bun}`;
  return deno !== undefined ? `Deno ${deno}` : `Node ${node}`;
}

/** The model from its JSON, compiled as it is; what JSON cannot hold is left to the reader. */
function programOf(model: Sequential<string>): string {
  const { optimizer, loss, metrics } = model;
  const calls = metrics.map(({ name }) => `${name}()`).join(", ");
  const all = ["modelFromJSON", optimizer?.type ?? "", loss?.name ?? "", ...metrics.map(({ name }) => name)];
  const names = [...new Set(all)].filter((name) => /^[A-Za-z]\w*$/.test(name)).sort();
  return [
    `import { ${names.join(", ")} } from "chainrule";`,
    "",
    `const model = modelFromJSON(${jsonOf(model)});`,
    "// Options of the loss and the metrics are as in your program, and so are functions of your own.",
    `model.compile({ loss: ${loss?.name}(), optimizer: new ${written(optimizer)}, metrics: [${calls}] });`,
  ].join("\n");
}

function jsonOf(model: Sequential<string>): string {
  try {
    const json = JSON.stringify(model.toJSON());
    return json.length <= LONGEST ? json : `/* ${json.length} letters: save the model with saveModel */`;
  } catch {
    return "/* it has functions of your own: make it as your program does */";
  }
}

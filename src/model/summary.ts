import type { Layer } from "../layers/layer.js";
import { writtenOptions } from "../layers/layer-options.js";
import type { Parameter } from "../parameter.js";
import { formatShape } from "../shape.js";
import { isChain } from "./nesting.js";
import type { Sequential } from "./sequential.js";

/** What is shown of a chain of layers. */
type Layers = Pick<Sequential<string>, "layers" | "shapes">;

/** One line for each layer, nested ones indented: its call, the shape of its output's rows, its parameters, their memory. */
export function summary(model: Sequential<string>): string {
  const lines = [["layer", "output", "parameters", "trainable", "memory"], ...linesOf(model, "")];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const [head, ...rows] = lines.map((line) => {
    const cells = line.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])));
    return cells.join("  ");
  });
  const rule = "─".repeat(head.length);
  return [head, rule, ...rows, rule, ...totals(model)].join("\n");
}

/** The summary, and what the model is compiled with. */
export function inspected(model: Sequential<string>): string {
  const { loss, optimizer, metrics } = model;
  const compiled = optimizer && [
    `loss ${loss?.name}`,
    `optimizer ${optimizer.type}(${writtenOptions(optimizer.options)})`,
    ...metrics.map(({ name }) => `metric ${name}`),
  ];
  return `${model.type}\n${model.summary()}\n${compiled?.join(", ") ?? "not compiled yet"}`;
}

function totals({ layers, optimizer, isRoot }: Sequential<string>): string[] {
  if (layers.some((layer) => !layer.isBuilt)) return ["not built yet: give `input`, or a first batch"];
  const all = layers.flatMap(parametersOf);
  const weights = bytesOf(all);
  const state = all.flatMap((parameter) => (optimizer?.slotNames(parameter) ?? []).map(() => parameter));
  const training = isRoot ? [`gradients ${written(weights)}`] : [];
  if (state.length > 0) training.push(`${optimizer?.type} ${written(bytesOf(state))}`);
  return [
    [`memory: weights ${written(weights)}`, ...training].join(", "),
    `${group(count(all))} parameters, ${group(count(all.filter(isTrainable)))} of them trainable`,
  ];
}

function linesOf({ layers, shapes }: Layers, indent: string): string[][] {
  return layers.flatMap((layer, i) => {
    const shape = shapes.get(layer);
    const parameters = parametersOf(layer);
    const numbers = [group(count(parameters)), group(count(parameters.filter(isTrainable)))];
    const line = [
      `${indent}${i}  ${isChain(layer) ? layer.type : short(String(layer))}`,
      shape === undefined ? "?" : formatShape(shape),
      ...(layer.isBuilt ? [...numbers, written(bytesOf(parameters))] : ["?", "?", "?"]),
    ];
    return isChain(layer) ? [line, ...linesOf(layer, `${indent}   `)] : [line];
  });
}

/** Branches in branches would make one line, and with it all, wider than any screen. */
const short = (call: string) => (call.length > 72 ? `${call.slice(0, 71)}…` : call);

/** 101770 → 101,770 */
function group(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** 407080 → 407.1 kB */
function written(bytes: number): string {
  const [unit, by] =
    bytes < 1e3 ? ["B", 1] : bytes < 1e6 ? ["kB", 1e3] : bytes < 1e9 ? ["MB", 1e6] : ["GB", 1e9];
  return `${(bytes / by).toFixed(by > 1 ? 1 : 0)} ${unit}`;
}

function count(parameters: readonly Parameter[]): number {
  return parameters.reduce((sum, { value }) => sum + value.rows * value.cols, 0);
}

function bytesOf(parameters: readonly Parameter[]): number {
  return parameters.reduce((sum, one) => sum + count([one]) * (one.value.dtype === "float64" ? 8 : 4), 0);
}

const isTrainable = ({ trainable }: Parameter): boolean => trainable;

/** Before it is built, a layer has none. */
function parametersOf(layer: Layer): readonly Parameter[] {
  return layer.isBuilt ? layer.parameters : [];
}

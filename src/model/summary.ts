import type { Layer } from "../layers/layer.js";
import type { Parameter } from "../parameter.js";
import { formatShape, type Shape } from "../shape.js";
import { isChain } from "./nesting.js";

/** One line for each layer, nested ones indented: its call, the shape of its output's rows, its parameters. */
export function summary(layers: readonly Layer[], shapes: ReadonlyMap<Layer, Shape>): string {
  const lines = linesOf(layers, shapes, "");
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column].length)));
  const table = lines.map(([layer, shape, parameters]) => {
    return `${layer.padEnd(widths[0])}  ${shape.padEnd(widths[1])}  ${parameters.padStart(widths[2])}`;
  });
  const parameters = layers.flatMap(parametersOf);
  const trainable = parameters.filter((parameter) => parameter.trainable);
  const rule = "─".repeat(widths[0] + widths[1] + widths[2] + 4);
  const total = layers.every((layer) => layer.isBuilt)
    ? `${group(count(parameters))} parameters, ${group(count(trainable))} of them trainable`
    : "not built yet: give `input`, or a first batch";
  return [table[0], rule, ...table.slice(1), rule, total].join("\n");
}

type Line = readonly [string, string, string];

function linesOf(layers: readonly Layer[], shapes: ReadonlyMap<Layer, Shape>, indent: string): Line[] {
  const head: Line[] = indent === "" ? [["layer", "output", "parameters"]] : [];
  const lines = layers.flatMap((layer, i): Line[] => {
    const shape = shapes.get(layer);
    const nested = isChain(layer) ? layer : undefined;
    const name = `${indent}${i}  ${nested === undefined ? layer.toString() : layer.type}`;
    const line: Line = [
      name,
      shape === undefined ? "?" : formatShape(shape),
      layer.isBuilt ? group(count(parametersOf(layer))) : "?",
    ];
    return nested === undefined ? [line] : [line, ...linesOf(nested.layers, nested.shapes, `${indent}   `)];
  });
  return [...head, ...lines];
}

/** 101770 → 101,770 */
function group(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}

function count(parameters: readonly Parameter[]): number {
  return parameters.reduce((sum, { value }) => sum + value.rows * value.cols, 0);
}

/** Before it is built, a layer has none. */
function parametersOf(layer: Layer): readonly Parameter[] {
  return layer.isBuilt ? layer.parameters : [];
}

import { fail } from "../errors.js";
import type { Layer } from "../layers/layer.js";
import type { Matrix } from "../matrix.js";
import { firstNonFinite } from "./door.js";
import type { Sequential } from "./sequential.js";

const advice = "Lower the learning rate, scale the inputs, or clip the gradients (globalClipNorm).";

/** Throws an error that says where the first number that is not finite stands: a parameter, or a layer's output. */
export function explainNonFinite(
  model: Sequential<string>,
  chain: readonly Layer[],
  x: Matrix,
  loss: number,
): never {
  const { step } = model.context.position;
  const found =
    inInput(x) ??
    inParameters(model) ??
    inOutputs(chain, x) ??
    "only in the loss itself, every output is finite";
  return fail("Training", "a finite loss", `${loss} in step ${step}: ${found}`, advice);
}

/** @throws ChainruleError if the last step left a parameter that is not finite, which no loss has shown yet */
export function expectFiniteParameters(model: Sequential<string>): void {
  const { kernels, position } = model.context;
  if (model.parameters.every(({ value }) => kernels.allFinite(value))) return;
  fail("Training", "finite parameters", `after step ${position.step - 1}: ${inParameters(model)}`, advice);
}

function inInput(x: Matrix): string | undefined {
  const at = firstNonFinite(x);
  return at && `the input holds ${at.value} in row ${at.row}, column ${at.col}`;
}

function inParameters(model: Sequential<string>): string | undefined {
  for (const { name, value } of model.parameters) {
    const at = firstNonFinite(value);
    if (at !== undefined) return `parameter ${name} holds ${at.value} in row ${at.row}, column ${at.col}`;
  }
  return undefined;
}

/** Layer by layer once more, at the same position, so that masks are those of the step. */
function inOutputs(chain: readonly Layer[], x: Matrix): string | undefined {
  let y = x;
  for (const layer of chain) {
    y = layer.forward(y, true);
    const at = firstNonFinite(y);
    const where = `${layer.context.path}, ${layer.label}`;
    if (at !== undefined) return `layer ${where}, is the first to put out ${at.value}, in row ${at.row}`;
  }
  return undefined;
}

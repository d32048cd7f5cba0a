import { type Adam, type Batch, ChainruleError, type Sequential } from "chainrule";
import { expect } from "vitest";
import { bits, blobs, classifier } from "../support/models.js";

/** What a bad call has at hand: a model in the midst of its training, and data that fits it. */
export interface Given extends Batch {
  readonly model: Sequential<"accuracy">;
  readonly optimizer: Adam;
}

/** One kind of bad input, and how the sentence begins that it is answered with. */
export interface Case {
  readonly what: string;
  readonly call: (given: Given) => unknown;
  readonly says: RegExp;
  /** Whether the model is to be built by its first batch, which is the bad one. Default: false. */
  readonly lazy?: boolean;
  /** Good work that goes on meanwhile. */
  readonly meanwhile?: (given: Given) => Promise<unknown>;
}

/** What no type would let through. */
export const wrong = (value: unknown): never => value as never;

/** The call fails with one clear sentence, and afterwards the model goes on as if it had never been made. */
export async function check({ call, says, lazy = false, meanwhile }: Case): Promise<void> {
  const [tried, untouched] = [given(lazy), given(lazy)];
  const work = meanwhile?.(tried);
  const error = await failureOf(() => call(tried));
  await work;
  await meanwhile?.(untouched);

  expect(error).toBeInstanceOf(ChainruleError);
  const { message } = error as ChainruleError;
  expect(message).toMatch(says);
  expect(message).toMatch(/^[^\n]+ expects [^\n]+, but got [^\n]+\.( [^\n]+[.?])?$/);
  expect(message).not.toMatch(/undefined × |\[object|NaN × /);

  expect(stateOf(tried)).toEqual(stateOf(untouched));
  const losses = [tried, untouched].map(({ model, x, y }) => model.trainBatch(x, y));
  expect(losses[0]).toBe(losses[1]);
  expect(stateOf(tried)).toEqual(stateOf(untouched));
}

function given(lazy: boolean): Given {
  const { x, y } = blobs();
  const { model, optimizer } = classifier({ built: !lazy });
  if (!lazy) for (let i = 0; i < 2; i++) model.trainBatch(x, y);
  return { model, optimizer, x, y };
}

function stateOf({ model, optimizer }: Given): unknown {
  const { steps, scalars } = optimizer;
  if (!model.isBuilt) return { steps, scalars };
  return { steps, scalars, position: { ...model.context.position }, weights: bits(model) };
}

async function failureOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return expect.unreachable("the call did not fail");
}

import { fail } from "../errors.js";
import type { Matrix } from "../matrix.js";
import type { CallbackState } from "../model/callbacks.js";
import type { Sequential } from "../model/sequential.js";
import type { OptimizerState, Progress, Snapshot } from "../model/snapshot.js";
import type { Weights } from "../model/weights.js";
import { checkOptions, flag, integer, nonNegative, optional, type Rule, record, text } from "../options.js";
import { isState, readAbout, writeModel } from "./model-file.js";
import { readSafetensors } from "./read-safetensors.js";
import { matrixOf } from "./tensors.js";
import { writableJson } from "./writable.js";

const WHO = "A checkpoint";

/** What a checkpoint's metadata says of the training, in numbers that JSON can hold. */
interface Training {
  readonly optimizer: Omit<OptimizerState, "slots">;
  readonly callbacks: Readonly<Record<string, CallbackState["numbers"]>>;
  readonly progress: Progress;
}

/**
 * A model file that holds the state of its training too: `training/optimizer/velocity/0.weight` is the slot `velocity` of
 * that weight, `training/callbacks/earlyStopping/0.weight` what a callback keeps. Whoever loads it finds the weights that
 * were validated: where the optimizer averages them, those in training are the slot `average`.
 */
export function checkpointToBytes(model: Sequential<string>, snapshot: Snapshot): Uint8Array {
  const { weights, optimizer, callbacks, progress } = snapshot;
  const tensors: Record<string, Matrix> = Object.create(null);
  const put = (folder: string, weights: Weights = {}) => {
    for (const [name, matrix] of Object.entries(weights)) tensors[`training/${folder}/${name}`] = matrix;
  };
  const { slots, ...about } = optimizer;
  for (const [slot, weights] of Object.entries(slots)) put(`optimizer/${slot}`, weights);
  for (const [name, { weights }] of Object.entries(callbacks)) put(`callbacks/${folderOf(name)}`, weights);
  const numbers = Object.entries(callbacks).map(([name, state]) => [name, state.numbers]);
  const training: Training = { optimizer: about, callbacks: Object.fromEntries(numbers), progress };
  return writeModel(model, jsonOf(model), { ...weights, ...tensors }, asJson(training));
}

/** Nothing for a model with a function, or the like, in its options: whoever resumes brings it along, and the rest is kept. */
function jsonOf(model: Sequential<string>): unknown {
  try {
    return writableJson(WHO, model);
  } catch {
    return undefined;
  }
}

/** @throws ChainruleError for a file that is no checkpoint */
export function checkpointFromBytes(bytes: Uint8Array): Snapshot {
  const file = readSafetensors(bytes);
  const { training, frozen = [] } = readAbout(WHO, file);
  if (training === undefined)
    fail(WHO, "the state of a training", "a model alone", "Read it with loadModel.");
  const { optimizer, callbacks, progress } = expectTraining(fromJson(training));
  const weights: Weights = Object.create(null);
  const slots: Record<string, Weights> = Object.create(null);
  const kept: Record<string, Weights> = Object.create(null);
  const names = Object.keys(callbacks).map(folderOf);
  for (const [name, tensor] of Object.entries(file.tensors)) {
    const matrix = matrixOf(WHO, name, tensor);
    if (!isState(name)) {
      weights[name] = matrix;
      continue;
    }
    const [, kind, owner, ...rest] = name.split("/");
    const folders = kind === "optimizer" ? slots : kept;
    const part = rest.join("/");
    const isKnown =
      kind === "optimizer"
        ? part in file.tensors && !isState(part)
        : kind === "callbacks" && names.includes(owner) && part !== "";
    if (!isKnown) fail(WHO, "states of its weights and callbacks", JSON.stringify(name));
    folders[owner] ??= Object.create(null) as Weights;
    folders[owner][part] = matrix;
  }
  const states = Object.entries(callbacks).map(([name, numbers]) => {
    const weights = kept[folderOf(name)];
    return [name, { numbers, ...(weights && { weights }) }];
  });
  return {
    ...{ weights, frozen, progress, callbacks: Object.fromEntries(states) },
    optimizer: { ...optimizer, slots },
  };
}

const isNumber = (v: unknown) => typeof v === "number";
const isNumbers = (v: unknown) => Array.isArray(v) && v.every(isNumber);
const isFinites = (v: unknown) => Array.isArray(v) && v.every(Number.isFinite);
const finites: Rule = { expected: "a list of finite numbers", accepts: isFinites };

/** @throws ChainruleError unless everything is there, and is what it should be */
function expectTraining(training: unknown): Training {
  const anyRecord = record("an object", () => true);
  checkOptions(WHO, training, {
    optimizer: anyRecord,
    callbacks: record("objects of numbers", (v) => record("", isNumber).accepts(v)),
    progress: anyRecord,
  });
  const { optimizer, progress } = training as Training;
  const scalars = record("finite numbers by name", Number.isFinite);
  checkOptions(`${WHO}'s optimizer`, optimizer, { type: text, scalars, learningRate: optional(nonNegative) });
  checkOptions(`${WHO}'s progress`, progress, {
    ...{
      key: finites,
      step: integer(0),
      epoch: integer(0),
      place: anyRecord,
      validations: integer(0),
      cut: text,
      stopped: flag,
    },
    ...{ partial: optional(anyRecord), history: record("lists of numbers", isNumbers) },
  });
  const { place, partial, step, epoch, history } = progress;
  const [epochs = 0, ...others] = Object.values(history).map(({ length }) => length);
  if (epochs > epoch || others.some((length) => length !== epochs)) {
    fail(WHO, `a history of at most ${epoch} epochs, the same for each number`, "another");
  }
  const places = { pass: integer(0), rows: integer(0), pieces: integer(0) };
  checkOptions(`${WHO}'s place`, place, places);
  if (partial === undefined) return training as Training;
  const lists = {
    expected: "lists of numbers",
    accepts: (v: unknown) => Array.isArray(v) && v.every(isNumbers),
  };
  checkOptions(`${WHO}'s epoch`, partial, {
    ...{ batch: integer(1), rows: integer(1), beganAt: integer(0), place: anyRecord, means: finites },
    metrics: lists,
  });
  checkOptions(`${WHO}'s epoch's place`, partial.place, places);
  const { beganAt, batch } = partial;
  // A batch whose rows weigh nothing is no step.
  if (step < beganAt || step > beganAt + batch) {
    fail(WHO, `an epoch of ${batch} steps after ${beganAt}`, `${step} in all`);
  }
  return training as Training;
}

/** A name that may have any characters, without the one that parts folders. */
const folderOf = (name: string): string => name.replaceAll("%", "%25").replaceAll("/", "%2F");

/** JSON has no infinities, no NaN and no −0: they are written as `{ "number": "-0" }`. */
const unwritable: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  "-0": -0,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};

function asJson(value: unknown): unknown {
  if (typeof value === "number") {
    const name = Object.keys(unwritable).find((one) => Object.is(unwritable[one], value));
    return name === undefined ? value : { number: name };
  }
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, asJson(part)]));
}

function fromJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== "object" || value === null) return value;
  const { number } = value as { number?: unknown };
  if (typeof number === "string" && Object.hasOwn(unwritable, number)) return unwritable[number];
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, fromJson(part)]));
}

import {
  Adam,
  ChainruleError,
  earlyStopping,
  Matrix,
  modelFromBytes,
  modelFromJSON,
  modelToBytes,
  type Optimizer,
  readSafetensors,
  type Sequential,
} from "../../src/index.js";
import { checkpointFromBytes } from "../../src/io/checkpoint-file.js";
import type { Snapshot } from "../../src/model/snapshot.js";
import { compiledModel, fuzzData } from "./corpus.js";

/**
 * Reads a file as tensors, as a model and as a checkpoint, and uses what comes of it. Says what that was: a result, or the
 * beginning of an error. @throws anything but a ChainruleError, and where a model does not work or was changed by half
 */
export async function readInEveryWay(bytes: Uint8Array): Promise<string> {
  const file = attempt(() => readSafetensors(bytes));
  if (typeof file === "string") return file;
  const model = attempt(() => modelFromBytes(bytes));
  if (typeof model !== "string") use(model);
  const about = attempt(() => JSON.parse(file.metadata.chainrule ?? "null") as { model?: unknown } | null);
  // Without values of a file beside it, JSON may ask for as much memory as it likes.
  if (typeof about !== "string" && largest(about?.model) < 1000) attempt(() => modelFromJSON(about?.model));
  const snapshot = attempt(() => checkpointFromBytes(bytes));
  // Training takes longer than all the rest: a quarter of the snapshots is put to use.
  if (typeof snapshot !== "string")
    return bytes.length % 8 < 2 ? trainOn(snapshot, bytes.length % 2 === 0) : "a snapshot";
  return typeof model === "string" ? model : "a model";
}

/** What some reading gives, or, where it is refused, the beginning of the error. */
function attempt<T extends object | null>(read: () => T): T | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof ChainruleError || error instanceof SyntaxError) return beginning(error);
    throw error;
  }
}

const beginning = ({ message }: Error): string =>
  message
    .replace(/"[^"]*"|\d[\d.e+]*/g, "…")
    .split(/, but got|\. /)[0]
    .slice(0, 90);

/** A model that was read has to work. */
function use(model: Sequential): void {
  if (model.inputSize <= 64) {
    const rows =
      model.options.table === undefined ? Matrix.zeros(1, model.inputSize, model.context.dtype) : [];
    model.predict(rows);
  }
  const bytes = modelToBytes(model);
  if (Buffer.compare(modelToBytes(modelFromBytes(bytes)), bytes) !== 0)
    throw new Error("a model that does not come back");
}

/** The largest number in JSON. */
function largest(json: unknown): number {
  if (typeof json === "number") return Math.abs(json);
  if (typeof json !== "object" || json === null) return 0;
  return Math.max(0, ...Object.values(json).map(largest));
}

/** Goes on from a snapshot, with a callback that takes any state as it is, or with one that does not. */
async function trainOn(snapshot: Snapshot, real: boolean): Promise<string> {
  const optimizer = new Adam();
  const model = compiledModel(optimizer);
  const before = stateOf(model, optimizer);
  let begun = false;
  const begin = () => {
    begun = true;
  };
  const stopping = real ? earlyStopping({ monitor: "loss" }) : { name: "earlyStopping", state: undefined };
  const resuming = { resume: async () => snapshot, onTrainBegin: begin };
  try {
    await model.fit(fuzzData, { epochs: 2, batchSize: 2, resume: "-", callbacks: [stopping, resuming] });
  } catch (error) {
    if (!(error instanceof ChainruleError)) throw error;
    if (!begun && stateOf(model, optimizer) !== before)
      throw new Error(`a model that was changed by half: ${error.message}`);
    return beginning(error);
  }
  model.predict(fuzzData.x);
  return "a training";
}

/** All numbers that training changes. */
function stateOf(model: Sequential<string>, optimizer: Optimizer): string {
  const matrices = model.parameters.flatMap((parameter) => [
    parameter.value,
    ...optimizer.slotNames(parameter).map((name) => optimizer.slot(parameter, name)),
  ]);
  const { step } = model.context.position;
  const numbers = [step, optimizer.changedRate, ...Object.values(optimizer.scalars)];
  return [...numbers, ...matrices.flatMap(({ data }) => [...data])].join();
}

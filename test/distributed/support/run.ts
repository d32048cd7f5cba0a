import { setNumerics, setThreads } from "chainrule";
import { checkpointToBytes } from "../../../src/io/checkpoint-file.js";
import type { SafePointEvent } from "../../../src/model/callbacks.js";
import type { Distribution } from "../../../src/model/team.js";
import { scenarios } from "./scenarios.js";

export interface Outcome {
  /** The parameters' bytes, one after the other. */
  readonly bytes: string;
  readonly numbers: readonly number[];
  readonly history: Readonly<Record<string, readonly number[]>>;
  /** The bytes of a checkpoint at the end: the optimizer's state too. */
  readonly checkpoint: string;
}

/** Trains as a scenario says, alone or together. */
export async function run(name: string, distribute?: Distribution): Promise<Outcome> {
  setNumerics("exact");
  setThreads(1);
  const { model: make, data, options } = scenarios[name];
  const model = make();
  let checkpoint = "";
  const atEnd = {
    onSafePoint({ isLast, model, snapshot }: SafePointEvent) {
      if (isLast) checkpoint = hex(checkpointToBytes(model, snapshot()));
    },
  };
  const { shards, callbacks = [], ...plain } = options();
  const common = { ...plain, callbacks: [...callbacks, atEnd] };
  const how = distribute === undefined ? common : { ...common, ...(shards && { shards }), distribute };
  const history = await model.fit(data(), how);
  const all = Object.values(model.getWeights());
  const bytes = all.map(({ data }) => hex(data)).join("");
  return { bytes, numbers: all.flatMap(({ data }) => [...data]), history, checkpoint };
}

const hex = ({ buffer, byteOffset, byteLength }: ArrayBufferView): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString("hex");

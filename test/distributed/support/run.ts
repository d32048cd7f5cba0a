import { setNumerics, setThreads } from "chainrule";
import type { Distribution } from "../../../src/model/team.js";
import { scenarios } from "./scenarios.js";

export interface Outcome {
  /** The parameters' bytes, one after the other. */
  readonly bytes: string;
  readonly numbers: readonly number[];
  readonly history: Readonly<Record<string, readonly number[]>>;
}

/** Trains as a scenario says, alone or together. */
export async function run(name: string, distribute?: Distribution): Promise<Outcome> {
  setNumerics("exact");
  setThreads(1);
  const { model: make, data, options } = scenarios[name];
  const model = make();
  const { shards, ...plain } = options();
  const how = distribute === undefined ? plain : { ...plain, ...(shards && { shards }), distribute };
  const history = await model.fit(data(), how);
  const all = Object.values(model.getWeights());
  const bytes = all.map(({ data }) =>
    Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex"),
  );
  return { bytes: bytes.join(""), numbers: all.flatMap(({ data }) => [...data]), history };
}

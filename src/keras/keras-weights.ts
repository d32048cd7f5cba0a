import { describe, fail } from "../errors.js";
import type { Hdf5 } from "./hdf5.js";
import type { Place, Tensor, WeightFile } from "./reading.js";

/** The weights of Keras 3, `layers/dense_1/vars/0`, counted by class and in order. */
export class NumberedWeights implements WeightFile {
  /** How many were asked for in each folder. */
  private readonly asked = new Map<string, number>();

  constructor(
    private readonly who: string,
    private readonly file: Hdf5,
  ) {}

  find({ folders }: Place, _name: string, index: number): Tensor | undefined {
    const path = [...folders, "vars"].join("/");
    this.asked.set(path, index + 1);
    return this.file.tensor(`${path}/${index}`);
  }

  expectAllUsed(): void {
    this.lookInto("", 0);
  }

  /** Folders of layers, and of layers in models. */
  private lookInto(folder: string, depth: number): void {
    const vars = this.file.names(`${folder}/vars`) ?? [];
    const asked = this.asked.get(`${folder}/vars`.slice(1)) ?? 0;
    if (vars.length > asked) {
      fail(
        this.who,
        `${asked} weights in ${describe(folder)}`,
        String(vars.length),
        "Is it quantized, or adapted?",
      );
    }
    if (depth > 32) fail(this.who, "models nested at most 32 deep", "more");
    for (const name of this.file.names(`${folder}/layers`) ?? [])
      this.lookInto(`${folder}/layers/${name}`, depth + 1);
  }
}

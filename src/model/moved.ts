import { fail, size } from "../errors.js";
import type { Matrix } from "../matrix.js";
import type { Shape } from "../shape.js";
import type { Chain } from "./chain.js";

/** What a model that was built by itself takes along into another: its weights, and which of them are frozen. */
export class Moved {
  private readonly input: Shape;
  private readonly kept: readonly { name: string; value: Matrix; trainable: boolean }[];

  constructor(readonly root: Chain) {
    this.input = root.inputShape;
    this.kept = root.parameters.map(({ name, value, trainable }) => ({
      name,
      value: value.copy(),
      trainable,
    }));
  }

  fill(): void {
    for (const [i, parameter] of this.root.parameters.entries()) {
      const { name, value, trainable } = this.kept[i];
      if (value.rows !== parameter.value.rows || value.cols !== parameter.value.cols) {
        const advice = "Its weights are for other inputs: check the layer before it.";
        fail("A nested model", `${name} ${size(value)} to stay as it is`, size(parameter.value), advice);
      }
      parameter.value.data.set(value.data);
      parameter.trainable = trainable;
    }
  }

  goBack(): void {
    this.root.buildRoot(this.input);
    this.fill();
  }
}

import { ones, zeros } from "../initializers.js";
import type { Scaling } from "../kernels/catalogue/affine.js";
import { flag, optional, positive } from "../options.js";
import type { Parameter } from "../parameter.js";
import { type Shape, sizeOf } from "../shape.js";
import type { Context } from "./context.js";
import { Layer } from "./layer.js";

/** What every normalization takes. */
export interface NormOptions {
  /** ε, added to the variance. */
  epsilon?: number;
  /** Whether to learn γ (`weight`, ones at first) and, where there is one, β (`bias`, zeros at first). Default: true. */
  affine?: boolean;
}

export const normRules = () => ({ epsilon: optional(positive), affine: optional(flag) });

/** y = γ ∘ x̂ + β, [1 × units] each, after x was normalized to x̂ by the subclass. */
export abstract class Affine<Options extends NormOptions> extends Layer<Options> {
  protected readonly hasBias: boolean = true;
  private weight: Parameter | undefined; // γ, [1 × units]
  private bias: Parameter | undefined; //   β, [1 × units]

  override build(input: Shape, context: Context): Shape {
    super.build(input, context);
    const units = sizeOf(input);
    const fan = { fanIn: units, fanOut: units };
    if (this.options.affine === false) return input;
    this.weight = context.parameter("weight", 1, units, fan, ones());
    if (this.hasBias) this.bias = context.parameter("bias", 1, units, fan, zeros());
    return input;
  }

  override unbuild(): void {
    super.unbuild();
    [this.weight, this.bias] = [undefined, undefined];
  }

  override get parameters(): readonly Parameter[] {
    return [this.weight, this.bias].filter((one) => one !== undefined);
  }

  /** γ and β, where there are any. */
  protected get scaling(): Scaling {
    return { weight: this.weight?.value, bias: this.bias?.value };
  }

  /** Where the gradients of γ and β by the rows of a shard are added up, if they are wanted: ∂L/∂γ = Σ rows of dy ∘ x̂,  ∂L/∂β = Σ rows of dy */
  protected gradients(lane: number): Scaling {
    const [weight, bias] = [this.weight, this.bias].map((one) =>
      one?.trainable ? one.lane(lane) : undefined,
    );
    return { weight, bias };
  }
}

import {
  Adam,
  type AdamOptions,
  Dense,
  Dropout,
  Elementwise,
  type LayerClass,
  lossOf,
  type Matrix,
  type Parameter,
  SGD,
} from "chainrule";
import { describe, expect, it } from "vitest";
import golden from "../golden/optimizers.json";
import { expectGoldenSteps, type GoldenSteps } from "../support/golden-steps.js";
import { accumulationLaw, gradientLaw, jsonLaw, rowLaw, shapeLaw } from "../support/layer-laws.js";
import { additionLaw, lossGradientLaw } from "../support/loss-laws.js";
import { descentLaw, stateLaw, thawingLaw } from "../support/optimizer-laws.js";

/** Faults that published libraries have, or that are easily made. Each law must catch its own. */
describe("a layer that", () => {
  it("takes its derivative at the wrong argument is caught", () => {
    class WrongArgument extends Elementwise {
      static override readonly type = "WrongArgument";
      protected readonly curve = { f: (x: number) => 1 / (1 + Math.exp(-x)), df: (x: number) => x * (1 - x) };
    }
    expect(() => gradientLaw(WrongArgument, true)).toThrow(
      /WrongArgument\(\) expects a relative error .* for x\./,
    );
  });

  it("forgets its bias gradient is caught", () => {
    class NoBiasGradient extends Dense {
      static override readonly type: "Dense" = "Dense";
      override backward(dy: Matrix): Matrix {
        const kept = this.parameters[1].grad.copy();
        const dx = super.backward(dy);
        this.parameters[1].grad.data.set(kept.data);
        return dx;
      }
    }
    expect(() => gradientLaw(NoBiasGradient, true)).toThrow(/for bias\./);
  });

  it("overwrites its gradients is caught", () => {
    class Overwrites extends Dense {
      static override readonly type: "Dense" = "Dense";
      override backward(dy: Matrix): Matrix {
        for (const { grad } of this.parameters) grad.data.fill(0);
        return super.backward(dy);
      }
    }
    gradientLaw(Overwrites, true);
    expect(() => accumulationLaw(Overwrites)).toThrow();
  });

  it("drops out without its mask in backward is caught", () => {
    class NoMask extends Dropout {
      static override readonly type: "Dropout" = "Dropout";
      override backward(dy: Matrix): Matrix {
        super.backward(dy);
        return dy;
      }
    }
    gradientLaw(NoMask, false);
    expect(() => gradientLaw(NoMask, true)).toThrow(/for x\./);
  });

  it("draws its mask by the row's place in the cut is caught", () => {
    class ByCut extends Dropout {
      static override readonly type: "Dropout" = "Dropout";
      override forward(x: Matrix, training: boolean): Matrix {
        const { position } = this.context;
        const { example } = position;
        position.example = 0;
        const y = super.forward(x, training);
        position.example = example;
        return y;
      }
    }
    gradientLaw(ByCut, true);
    expect(() => rowLaw(ByCut, true, "float32")).toThrow();
  });

  it("looks at the other rows is caught", () => {
    class Centres extends Elementwise {
      static override readonly type = "Centres";
      protected readonly curve = { f: (x: number) => x, df: () => 1 };
      override forward(x: Matrix): Matrix {
        return super.forward(x.sub(x.mean("cols")));
      }
    }
    expect(() => rowLaw(Centres, false, "float64")).toThrow();
  });

  it("promises another shape, or hides an option from JSON, is caught", () => {
    class Wider extends Dense {
      static override readonly type: "Dense" = "Dense";
      override build(...[input, context]: Parameters<Dense["build"]>) {
        return [super.build(input, context)[0] + 1];
      }
    }
    expect(() => shapeLaw(Wider)).toThrow();

    let made = 0;
    class Hidden extends Elementwise {
      static override readonly type = "Hidden";
      private readonly slope = made++;
      protected readonly curve = { f: (x: number) => this.slope * x, df: () => this.slope };
    }
    expect(() => jsonLaw(Hidden as LayerClass)).toThrow();
  });
});

describe("an optimizer that", () => {
  const steps = golden.cases.find((c) => c.type === "Adam" && c.dtype === "float64") as GoldenSteps;

  it("multiplies by Adam's bias correction is caught", () => {
    class Multiplies extends Adam {
      private t = 0;
      constructor(private readonly given: AdamOptions) {
        super(given);
      }
      protected override begin(parameters: readonly Parameter[]): void {
        super.begin(parameters);
        this.t++;
      }
      protected override update(parameter: Parameter, rate: number): void {
        const { beta1 = 0.9, beta2 = 0.999 } = this.given;
        const [c1, c2] = [1 - (beta1 as number) ** this.t, 1 - beta2 ** this.t];
        super.update(parameter, (rate * c1 * c1) / Math.sqrt(c2));
      }
    }
    expectGoldenSteps(new Adam(steps.options), steps);
    expect(() => expectGoldenSteps(new Multiplies(steps.options), steps)).toThrow();
  });

  it("climbs, or keeps state to itself, is caught", () => {
    class Climbs extends SGD {
      protected override update(parameter: Parameter, rate: number): void {
        super.update(parameter, -rate);
      }
    }
    expect(() => descentLaw(Climbs)).toThrow();
    class Secret extends SGD {
      private seen = 0;
      protected override update(parameter: Parameter, rate: number): void {
        super.update(parameter, rate / ++this.seen);
      }
    }
    expect(() => stateLaw(Secret, "float64")).toThrow();
  });
});

describe("an optimizer that counts", () => {
  it("the steps of all for each parameter is caught", () => {
    class ByAll extends Adam {
      protected override count() {
        const t = this.steps + 1;
        return { steps: t, beta1Power: 0.9 ** t, beta2Power: 0.999 ** t };
      }
    }
    thawingLaw(Adam);
    expect(() => thawingLaw(ByAll)).toThrow();
  });
});

describe("a loss that", () => {
  const squares = (scale: number, mean: boolean) =>
    lossOf({
      name: "squares",
      checkTargets() {},
      row({ cols, rows, data: p }, { data: t }, r, weight, gradient) {
        let sum = 0;
        for (let i = r * cols; i < (r + 1) * cols; i++) {
          sum += (p[i] - t[i]) ** 2;
          if (gradient !== undefined) gradient.data[i] = (scale * weight * (p[i] - t[i])) / (mean ? rows : 1);
        }
        return sum;
      },
    });

  it("has half its gradient, or that of the mean, is caught", () => {
    lossGradientLaw(squares(2, false));
    additionLaw(squares(2, false));
    expect(() => lossGradientLaw(squares(1, false))).toThrow();
    expect(() => lossGradientLaw(squares(2, true))).toThrow();
    expect(() => additionLaw(squares(2, true))).toThrow();
  });
});

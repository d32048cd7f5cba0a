/**
 * A layer of your own: its gradient proven in one line, trained inside a model, and read back from JSON.
 *
 *     npm run example:custom-layer
 */
import {
  Adam,
  type Context,
  checkGradients,
  Dense,
  Layer,
  Matrix,
  meanSquaredError,
  modelFromJSON,
  ones,
  type Parameter,
  Sequential,
  type Shape,
  sizeOf,
} from "chainrule";
import { table } from "./support/draw.js";

const epochs = process.argv.includes("--short") ? 300 : 600;

/** y = x ∘ s with s = σ(β ∘ x): a gate between x/2 (β = 0) and max(x, 0) (β → ∞), and each unit learns its own β. */
class Swish extends Layer {
  static override readonly type = "Swish"; // its name in files

  private beta!: Parameter; //       β, [1 × units]
  private x: Matrix | undefined; //  saved by forward, [batch × units]

  override build(input: Shape, context: Context): Shape {
    super.build(input, context);
    const units = sizeOf(input);
    this.beta = context.parameter("beta", 1, units, { fanIn: units, fanOut: units }, ones());
    return input;
  }

  override get parameters(): readonly Parameter[] {
    return [this.beta];
  }

  /** y = x ∘ s */
  forward(x: Matrix): Matrix {
    this.expectInput(x);
    this.x = x;
    return x.mul(this.gate(x));
  }

  /** With s′ = s ∘ (1 − s):  ∂L/∂β = Σ rows of dy ∘ x² ∘ s′,  ∂L/∂x = dy ∘ (s + x ∘ β ∘ s′) */
  backward(dy: Matrix): Matrix {
    const x = this.saved(this.x, dy);
    const s = this.gate(x);
    const slope = s.mul(s.mul(-1).add(1));
    this.beta.addColumnSums(dy.mul(x).mul(x).mul(slope));
    return dy.mul(s.add(x.mul(this.beta.value).mul(slope)));
  }

  private gate(x: Matrix): Matrix {
    return x.mul(this.beta.value).map((z) => 1 / (1 + Math.exp(-z)));
  }
}

// 1. The proof: `backward` against central differences of `forward`, for x and β. A wrong formula throws.
const { relativeError } = checkGradients(new Swish(), { input: [5] });
console.log(`gradient check: relative error ${relativeError.toExponential(1)}\n`);

// 2. Training: 100 points of the curve y = sin 3x.
const x = Matrix.zeros(100, 1).map((_, r) => -2 + (4 * r) / 99);
const y = x.map((x) => Math.sin(3 * x));
const model = new Sequential([new Dense({ units: 16 }), new Swish(), new Dense({ units: 1 })], {
  input: [1],
  seed: 7,
}).compile({ loss: meanSquaredError(), optimizer: new Adam({ learningRate: 0.02 }) });
console.log(`${model.summary()}\n`);

const { loss } = await model.fit({ x, y }, { epochs, batchSize: 20 });
const moments = [1, 10, 50, 150, 300, 600].filter((epoch) => epoch <= epochs);
console.log(
  table([["epoch", "loss"], ...moments.map((epoch) => [String(epoch), loss[epoch - 1].toFixed(5)])]),
);

const weights = model.getWeights();
const learned = [...weights["1.beta"].data].sort((a, b) => a - b).map((beta) => beta.toFixed(1));
console.log(`\nβ of the 16 units, each 1 at first: ${learned.join(" ")}`);

// 3. Reading it back: JSON holds the layers, and `layers` says which class "Swish" is.
const json = JSON.stringify(model);
const copy = modelFromJSON(JSON.parse(json), { layers: [Swish] });
copy.setWeights(weights);
const same = copy.predict(x).isClose(model.predict(x), { rtol: 0, atol: 0 });
console.log(
  `read back from ${json.length} characters of JSON: ${same ? "the same outputs" : "other outputs"}`,
);

if (!(same && loss[epochs - 1] < 0.05)) throw new Error("expected the same outputs, and a loss below 0.05");

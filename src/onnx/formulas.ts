import { GELU, SiLU, Softplus } from "../layers/activations.js";
import { GLU, SwiGLU } from "../layers/gates.js";
import { HardSigmoid, HardSwish } from "../layers/hard-activations.js";
import type { Layer } from "../layers/layer.js";
import { HardShrink, SoftShrink } from "../layers/rectifiers.js";
import { LogSigmoid, Mish, Softsign, Squareplus, TanhShrink } from "../layers/smooth-activations.js";
import { Softmin } from "../layers/softmax.js";
import { type Found, matchTerm } from "./match-term.js";
import type { Place, Step } from "./place.js";
import { embedding, withBias } from "./read-dense.js";
import { decimal, type Node } from "./read-node.js";
import { layerNorm, rmsNorm } from "./read-norms.js";
import { parseTerm, type Term } from "./terms.js";

/** What several nodes compute together, as exporters write layers that are no operator of ONNX. */
interface Formula {
  readonly terms: readonly string[];
  /** The layer, or nothing where the constants are not such that there is one. */
  read(found: Found, place: Place, node: Node): Step | undefined;
}

/** A layer without parameters that leaves rows as wide as they are. */
const same =
  (layer: (place: Place) => Layer) =>
  (_: Found, place: Place): Step => ({
    parts: [{ layer: layer(place) }],
    row: place.row,
  });

/** The number behind a name of a term, written short. */
function numberOf(name: string, found: Found, place: Place): number | undefined {
  const number = place.single(place.constants.get(found.get(name) as string));
  return number === undefined || place.type === "float64" ? number : decimal(number);
}

/** The same with one number of the formula as an option. */
const withNumber =
  (name: string, make: (number: number) => Layer | undefined) =>
  (found: Found, place: Place): Step | undefined => {
    const number = numberOf(name, found, place);
    const layer = number === undefined ? undefined : make(number);
    return layer && { parts: [{ layer }], row: place.row };
  };

/** GLU and SwiGLU: half as wide as their input. */
const gate =
  (make: () => Layer) =>
  (_: Found, { row }: Place): Step => ({
    parts: [{ layer: make() }],
    row: [...row.slice(0, -1), row[row.length - 1] / 2],
  });

const formulas: readonly Formula[] = [
  {
    terms: [
      "Mul(Mul(x, Add(Erf(Div(x, 1.4142135623730951)), 1)), 0.5)",
      "Mul(Mul(x, 0.5), Add(Erf(Div(x, 1.4142135623730951)), 1))",
      "Mul(x, Mul(Add(Erf(Div(x, 1.4142135623730951)), 1), 0.5))",
      "Mul(Mul(x, Add(Erf(Mul(x, 0.7071067811865476)), 1)), 0.5)",
      "Mul(Mul(x, 0.5), Add(Erf(Mul(x, 0.7071067811865476)), 1))",
      "Mul(x, Mul(Add(Erf(Mul(x, 0.7071067811865476)), 1), 0.5))",
    ],
    read: same(() => new GELU()),
  },
  {
    terms: [
      "Mul(Mul(x, Add(Tanh(Mul(Add(x, Mul(Mul(x, Mul(x, x)), 0.044715)), 0.7978845608028654)), 1)), 0.5)",
      "Mul(Mul(x, 0.5), Add(Tanh(Mul(Add(x, Mul(Mul(x, Mul(x, x)), 0.044715)), 0.7978845608028654)), 1))",
      "Mul(Mul(x, Add(Tanh(Mul(Add(x, Mul(Pow(x, 3), 0.044715)), 0.7978845608028654)), 1)), 0.5)",
      "Mul(Mul(x, 0.5), Add(Tanh(Mul(Add(x, Mul(Pow(x, 3), 0.044715)), 0.7978845608028654)), 1))",
    ],
    read: same(() => new GELU({ approximate: "tanh" })),
  },
  { terms: ["Mul(x, Sigmoid(x))"], read: same(() => new SiLU()) },
  { terms: ["Mul(x, Tanh(Softplus(x)))"], read: same(() => new Mish()) },
  {
    terms: ["Mul(x, HardSigmoid(x))", "Div(Mul(x, Clip(Add(x, 3))), 6)", "Mul(x, Div(Clip(Add(x, 3)), 6))"],
    read: same(() => new HardSwish()),
  },
  { terms: ["Div(Clip(Add(x, 3)), 6)"], read: same(() => new HardSigmoid()) },
  { terms: ["Log(Sigmoid(x))", "Neg(Softplus(Neg(x)))"], read: same(() => new LogSigmoid()) },
  { terms: ["Div(x, Add(Abs(x), 1))"], read: same(() => new Softsign()) },
  { terms: ["Sub(x, Tanh(x))"], read: same(() => new TanhShrink()) },
  { terms: ["Softmax(Neg(x))"], read: same(() => new Softmin()) },
  {
    terms: ["Div(Softplus(Mul(x, beta)), beta)"],
    read: withNumber("beta", (beta) => (beta > 0 ? new Softplus({ beta }) : undefined)),
  },
  {
    terms: ["Mul(Add(x, Sqrt(Add(Mul(x, x), b))), 0.5)", "Div(Add(x, Sqrt(Add(Mul(x, x), b))), 2)"],
    read: withNumber("b", (b) => (b > 0 ? new Squareplus({ b }) : undefined)),
  },
  {
    terms: ["Add(Where(Greater(x, high), Sub(x, high), 0), Where(Less(x, low), Add(x, high), 0))"],
    read: shrink((lambda) => new SoftShrink({ lambda })),
  },
  {
    terms: [
      "Where(Or(Cast(Greater(x, high)), Cast(Less(x, low))), x, 0)",
      "Where(Or(Greater(x, high), Less(x, low)), x, 0)",
    ],
    read: shrink((lambda) => new HardShrink({ lambda })),
  },
  { terms: ["Mul(Split(x), Sigmoid(Split.1(x)))"], read: gate(() => new GLU()) },
  {
    terms: ["Mul(Mul(Split(x), Sigmoid(Split(x))), Split.1(x))"],
    read: gate(() => new SwiGLU()),
  },
  { terms: ["Add(MatMul(x, weight), bias)"], read: withBias },
  { terms: ["Gather(table, x)", "Gather(table, Cast(x))"], read: embedding },
  {
    terms: layerNormTerms("Div(Sub(x, ReduceMean(x)), Sqrt(Add(ReduceMean(SQUARE), epsilon)))"),
    read: layerNorm,
  },
  {
    terms: [
      "Mul(Div(x, Sqrt(Add(ReduceMean(Pow(x, 2)), epsilon))), weight)",
      "Mul(Div(x, Sqrt(Add(ReduceMean(Mul(x, x)), epsilon))), weight)",
      "Mul(Mul(x, Reciprocal(Sqrt(Add(ReduceMean(Pow(x, 2)), epsilon)))), weight)",
      "Mul(Mul(x, Div(1, Sqrt(Add(ReduceMean(Pow(x, 2)), epsilon)))), weight)",
      "Div(x, Sqrt(Add(ReduceMean(Pow(x, 2)), epsilon)))",
      "Div(x, Sqrt(Add(ReduceMean(Mul(x, x)), epsilon)))",
      "Mul(x, Reciprocal(Sqrt(Add(ReduceMean(Pow(x, 2)), epsilon))))",
    ],
    read: rmsNorm,
  },
];

/** (x − mean) / √(variance + ε), with and without γ and β. */
function layerNormTerms(normalized: string): readonly string[] {
  const squares = ["Pow(Sub(x, ReduceMean(x)), 2)", "Mul(Sub(x, ReduceMean(x)), Sub(x, ReduceMean(x)))"];
  return squares.flatMap((square) => {
    const plain = normalized.replace("SQUARE", square);
    return [`Add(Mul(${plain}, weight), bias)`, `Mul(${plain}, weight)`, plain];
  });
}

function shrink(make: (lambda: number) => Layer) {
  return (found: Found, place: Place): Step | undefined => {
    const [high, low] = [numberOf("high", found, place), numberOf("low", found, place)];
    if (high === undefined || high < 0 || low !== -high) return undefined;
    return { parts: [{ layer: make(high) }], row: place.row };
  };
}

/** The terms by the operator that is computed last, read once. */
let byOperator: Map<string, { readonly term: Term; readonly formula: Formula }[]> | undefined;

function termsOf(op: string) {
  if (byOperator === undefined) {
    byOperator = new Map();
    for (const formula of formulas) {
      for (const text of formula.terms) {
        const term = parseTerm(text);
        const name = term.kind === "call" ? term.op : "";
        byOperator.set(name, [...(byOperator.get(name) ?? []), { term, formula }]);
      }
    }
  }
  return byOperator.get(op) ?? [];
}

/** The layer that makes a value of the place's, if all between them is a formula that is known. */
export function readFormula(value: string, place: Place): Step | undefined {
  const node = place.graph.makers.get(value);
  if (node === undefined) return undefined;
  for (const { term, formula } of termsOf(node.op)) {
    const found = matchTerm(term, value, place);
    const step = found && formula.read(found, place, node);
    if (step !== undefined) return step;
  }
  return undefined;
}

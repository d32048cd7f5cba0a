import { arithmetic } from "./arithmetic.js";
import type { OnnxGraph, OnnxValue } from "./onnx-graph.js";

/** y = x·Φ(x) = max(x, 0) − ½|x|·erfc(|x| / √2) in operators that runtimes have for float64, which Erf is not among. */
export function geluOfDoubles(x: OnnxValue, graph: OnnxGraph): OnnxValue {
  const { abs, min, mul, sub, relu } = arithmetic(graph);
  const size = min(abs(x), 40); // where nothing is left of erfc, so that ∞ · 0 does not come up
  return sub(relu(x), mul(mul(size, 0.5), erfcOfPositive(mul(size, Math.SQRT1_2), graph)));
}

/** erfc z = t·e^(p − z²) with t = 1 / (1 + z/2), within 10⁻¹⁵, for z ≥ 0. */
function erfcOfPositive(z: OnnxValue, graph: OnnxGraph): OnnxValue {
  const { add, mul, sub, exp } = arithmetic(graph);
  const t = graph.node("Reciprocal", [add(mul(z, 0.5), 1)]);
  const s = sub(mul(t, 2), 1);
  let p: OnnxValue = mul(s, EXPONENT[EXPONENT.length - 1]);
  for (let i = EXPONENT.length - 2; i > 0; i--) p = mul(add(p, EXPONENT[i]), s);
  return mul(t, exp(sub(add(p, EXPONENT[0]), mul(z, z))));
}

/** p by powers of 2t − 1, made by test/onnx/fit-erfc.py. */
const EXPONENT = [
  -0.6717940840566922, 0.6726432239776583, 0.047343306841863525, -0.04689561023132892, -0.009872689364099222,
  0.008824938561312326, 0.0017589335074028032, -0.002345812552995894, -0.00014624628742128406,
  0.0006736791352568864, -9.373894767667295e-5, -0.00017430412986925938, 7.141810433422301e-5,
  3.174693542327236e-5, -3.023784054007137e-5, 1.3989370477611051e-7, 8.662535397475538e-6,
  -2.963484230959699e-6, -1.409445991433531e-6, 1.283394915356199e-6, -4.146853754663641e-8,
  -2.895626567435524e-7, 7.745572408758512e-8, 2.980513364515168e-8, -1.2776086554968677e-8,
];

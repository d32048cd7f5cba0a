// Says what computes here, and whether it is true that products are fused.

import { kernels, Matrix } from "chainrule";
import { print } from "./settings.mjs";

// 1 − (1 + ε)·(1 − ε) is ε² if rounded once, and 0 if the product is rounded first.
const epsilon = 2 ** -13;
const a = Matrix.zeros(20, 2).map((_, _r, c) => (c === 0 ? 1 : 1 + epsilon));
const b = Matrix.zeros(2, 20).map((_, r) => (r === 0 ? 1 : epsilon - 1));
print({ ...kernels(), fuses: a.matmul(b).at(19, 19) === epsilon * epsilon });

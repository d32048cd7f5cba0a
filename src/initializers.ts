import type { Matrix } from "./matrix.js";
import { type Named, named } from "./named.js";
import { checkOptions, finite, nonNegative, optional } from "./options.js";
import type { Random } from "./random.js";

/** Fills `value` with its first numbers. `fanIn` and `fanOut` count the inputs and outputs that a weight joins. */
export type Initializer = (value: Matrix, fan: Fan, random: Random) => void;

export interface Fan {
  readonly fanIn: number;
  readonly fanOut: number;
}

/** All 0. */
export function zeros(): Named<Initializer> {
  return named("zeros", {}, (value) => void value.data.fill(0));
}

/** All 1. */
export function ones(): Named<Initializer> {
  return named("ones", {}, (value) => void value.data.fill(1));
}

/** All `value`. */
export function constant(options: { value: number }): Named<Initializer> {
  checkOptions("constant", options, { value: finite });
  return named("constant", options, (w) => void w.data.fill(options.value));
}

/** Uniform in [`low`, `high`). Defaults: −0.05 and 0.05. */
export function uniform(options: { low?: number; high?: number } = {}): Named<Initializer> {
  checkOptions("uniform", options, { low: optional(finite), high: optional(finite) });
  const { low = -0.05, high = 0.05 } = options;
  return named("uniform", options, (value, _, random) => fillUniform(value, low, high, random));
}

/** Normal with this mean and standard deviation. Defaults: 0 and 0.05. */
export function normal(options: { mean?: number; standardDeviation?: number } = {}): Named<Initializer> {
  checkOptions("normal", options, { mean: optional(finite), standardDeviation: optional(nonNegative) });
  const { mean = 0, standardDeviation = 0.05 } = options;
  return named("normal", options, (value, _, random) => fillNormal(value, mean, standardDeviation, random));
}

/** Uniform in ±√(6 / (fanIn + fanOut)). X. Glorot and Y. Bengio, 2010. */
export function glorotUniform(): Named<Initializer> {
  return uniformByVariance("glorotUniform", ({ fanIn, fanOut }) => 2 / (fanIn + fanOut));
}

/** Normal with variance 2 / (fanIn + fanOut). X. Glorot and Y. Bengio, 2010. */
export function glorotNormal(): Named<Initializer> {
  return normalByVariance("glorotNormal", ({ fanIn, fanOut }) => 2 / (fanIn + fanOut));
}

/** Uniform in ±√(6 / fanIn), for layers before a ReLU. K. He et al., 2015. */
export function heUniform(): Named<Initializer> {
  return uniformByVariance("heUniform", ({ fanIn }) => 2 / fanIn);
}

/** Normal with variance 2 / fanIn, for layers before a ReLU. K. He et al., 2015. */
export function heNormal(): Named<Initializer> {
  return normalByVariance("heNormal", ({ fanIn }) => 2 / fanIn);
}

/** Uniform in ±√(3 / fanIn). Y. LeCun et al., "Efficient BackProp", 1998. */
export function lecunUniform(): Named<Initializer> {
  return uniformByVariance("lecunUniform", ({ fanIn }) => 1 / fanIn);
}

/** Normal with variance 1 / fanIn. Y. LeCun et al., "Efficient BackProp", 1998. */
export function lecunNormal(): Named<Initializer> {
  return normalByVariance("lecunNormal", ({ fanIn }) => 1 / fanIn);
}

/** A uniform distribution over ±limit has variance limit² / 3. */
function uniformByVariance(type: string, variance: (fan: Fan) => number): Named<Initializer> {
  return named(type, {}, (value, fan, random) => {
    const limit = Math.sqrt(3 * variance(fan));
    fillUniform(value, -limit, limit, random);
  });
}

function normalByVariance(type: string, variance: (fan: Fan) => number): Named<Initializer> {
  return named(type, {}, (value, fan, random) => fillNormal(value, 0, Math.sqrt(variance(fan)), random));
}

function fillUniform(value: Matrix, low: number, high: number, random: Random): void {
  const { data } = value;
  for (let i = 0; i < data.length; i++) data[i] = low + (high - low) * random.uniform(i);
}

function fillNormal(value: Matrix, mean: number, deviation: number, random: Random): void {
  const { data } = value;
  for (let i = 0; i < data.length; i++) data[i] = mean + deviation * random.normal(i);
}

import { Context, type DType, type Optimizer, type Parameter, type Random } from "chainrule";
import { expect } from "vitest";
import type { OptimizerClass } from "../../src/optimizers/optimizer.js";

export const makeOptimizer = (Class: OptimizerClass, more: object = {}): Optimizer =>
  new Class({ ...Class.example, ...more } as never);

/** Two parameters with seeded values. */
export function parametersOf(dtype: DType, label = "w"): readonly Parameter[] {
  const context = Context.root({ dtype, seed: 11 }).child(label);
  const fan = { fanIn: 3, fanOut: 2 };
  return ["a", "b"].map((name) =>
    context.parameter(name, 3, 2, fan, (value, _, random: Random) => {
      for (let i = 0; i < value.data.length; i++) value.data[i] = random.normal(i);
    }),
  );
}

/** Puts the gradient of ½·Σ(w − 1)² into the parameters: w − 1. */
export function quadratic(parameters: readonly Parameter[]): number {
  let loss = 0;
  for (const { value, grad } of parameters) {
    for (let i = 0; i < value.data.length; i++) {
      const e = value.data[i] - 1;
      grad.data[i] = e;
      loss += 0.5 * e * e;
    }
  }
  return loss;
}

function run(optimizer: Optimizer, parameters: readonly Parameter[], steps: number): void {
  for (let i = 0; i < steps; i++) {
    const loss = quadratic(parameters);
    optimizer.step(parameters, () => loss);
  }
}

/** The loss of a bowl goes down. */
export function descentLaw(Class: OptimizerClass): void {
  const parameters = parametersOf("float64");
  const before = quadratic(parameters);
  run(makeOptimizer(Class), parameters, 300);
  expect(quadratic(parameters)).toBeLessThan(0.05 * before);
}

/** Values, scalars and slots, as a file keeps them. */
function giveState(
  from: Optimizer,
  mine: readonly Parameter[],
  to: Optimizer,
  theirs: readonly Parameter[],
): void {
  to.scalars = JSON.parse(JSON.stringify(from.scalars)) as Record<string, number>;
  for (const [i, parameter] of mine.entries()) {
    theirs[i].value.data.set(parameter.value.data);
    for (const name of from.slotNames(parameter)) {
      to.slot(theirs[i], name).data.set(from.slot(parameter, name).data);
    }
  }
}

/** Scalars and slots are all of its state: a second optimizer that is given them goes on with the same bits. */
export function stateLaw(Class: OptimizerClass, dtype: DType): void {
  const [first, second] = [makeOptimizer(Class), makeOptimizer(Class)];
  const [mine, theirs] = [parametersOf(dtype), parametersOf(dtype)];
  run(first, mine, 5);
  giveState(first, mine, second, theirs);
  run(first, mine, 5);
  run(second, theirs, 5);
  for (const [i, { value }] of mine.entries()) expect(theirs[i].value.data).toEqual(value.data);
}

/** A frozen parameter keeps its bits, and the others go the same way with and without it. */
export function freezingLaw(Class: OptimizerClass): void {
  const [mine, theirs] = [parametersOf("float32"), parametersOf("float32")];
  mine[0].trainable = false;
  const before = mine[0].value.copy();
  run(makeOptimizer(Class, { weightDecay: 0.1, clipNorm: 1 }), mine, 3);
  run(makeOptimizer(Class, { weightDecay: 0.1, clipNorm: 1 }), [theirs[1]], 3);
  expect(mine[0].value.data).toEqual(before.data);
  expect(mine[1].value.data).toEqual(theirs[1].value.data);
}

/**
 * A parameter that is frozen for some steps, or comes later, goes the way that its own updates alone lead it, in one go or
 * with all that the optimizer keeps given to another on the way.
 */
export function thawingLaw(Class: OptimizerClass): void {
  const alone = parametersOf("float64")[0];
  const one = makeOptimizer(Class);
  const walk = (optimizer: Optimizer, parameters: readonly Parameter[], steps: number) => {
    run(optimizer, parameters, steps);
    return [...parameters[0].value.data];
  };
  const ways = [2, 3, 4].map((steps) => walk(one, [alone], steps));

  for (const isHandedOn of [false, true]) {
    let optimizer = makeOptimizer(Class);
    let parameters = parametersOf("float64");
    const handOn = () => {
      if (!isHandedOn) return;
      const next = { optimizer: makeOptimizer(Class), parameters: parametersOf("float64") };
      giveState(optimizer, parameters, next.optimizer, next.parameters);
      ({ optimizer, parameters } = next);
    };
    const freeze = (steps: number) => {
      parameters[0].trainable = false;
      handOn();
      parameters[0].trainable = false;
      run(optimizer, parameters, steps);
      handOn();
      parameters[0].trainable = true;
    };
    freeze(3);
    expect(walk(optimizer, parameters, 2)).toEqual(ways[0]);
    freeze(5);
    expect(walk(optimizer, parameters, 3)).toEqual(ways[1]);
    handOn();
    run(optimizer, [parameters[1]], 2); // without the first at all
    expect(walk(optimizer, parameters, 4)).toEqual(ways[2]);
  }
}

/** A schedule is asked once a step, for the count of finished steps; a rate of 0 moves nothing. */
export function scheduleLaw(Class: OptimizerClass): void {
  const asked: number[] = [];
  const schedule = (step: number) => {
    asked.push(step);
    return 0;
  };
  const parameters = parametersOf("float32");
  const before = parameters.map(({ value }) => value.copy());
  run(makeOptimizer(Class, { learningRate: schedule }), parameters, 4);
  expect(asked).toEqual([0, 1, 2, 3]);
  for (const [i, { value }] of parameters.entries()) expect(value.data).toEqual(before[i].data);
}

import { runInNewContext } from "node:vm";
import { Dense, Matrix, ReLU, Sequential } from "chainrule";

/** The names that `computation` needs from "chainrule". */
export const names = "{ Dense, Matrix, ReLU, Sequential }";

/** JavaScript that leaves its result in `answer`. */
export const computation = `
  const layers = [new Dense({ units: 3 }), new ReLU(), new Dense({ units: 2 })];
  const model = new Sequential(layers, { input: [4], seed: 1 });
  const answer = model.predict(Matrix.from([[1, 2, 3, 4], [-1, 0.5, -2, 3]])).toArray();`;

/** The same computation through the source. */
export const expectedAnswer = (): number[][] => {
  const layers = [new Dense({ units: 3 }), new ReLU(), new Dense({ units: 2 })];
  const model = new Sequential(layers, { input: [4], seed: 1 });
  const x = Matrix.from([
    [1, 2, 3, 4],
    [-1, 0.5, -2, 3],
  ]);
  return model.predict(x).toArray();
};

/** A browser program whose script value is the answer as JSON. */
export const browserProgram = `
  import ${names} from "chainrule";
  ${computation}
  globalThis.answer = JSON.stringify(answer);`;

/** Runs a bundled `browserProgram` where nothing but the language itself is defined: no `process`, no `require`. */
export const runBare = (bundle: string): unknown => {
  const context: { answer?: string } = {};
  runInNewContext(bundle, context);
  return JSON.parse(context.answer ?? "null");
};

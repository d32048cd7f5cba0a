import { number, wordOf } from "../format.js";
import type { Step } from "../step/step.js";
import type { Unit } from "../step/unit.js";
import { layerName } from "../view/names.js";
import { Formula, Letter, Sign, Term } from "./formula.js";

export function Pixels() {
  return (
    <>
      <h2>The picture</h2>
      <p>
        What was drawn is cropped, scaled and centred as the digits are that the network has learned from. It
        becomes 784 numbers, from 0 for paper to 1 for ink. Nothing else goes in.
      </p>
    </>
  );
}

const says: Readonly<Record<string, string>> = {
  ReLU: "keeps what is above 0 and drops the rest",
  Tanh: "squeezes the sum to between −1 and 1",
  Sigmoid: "squeezes the sum to between 0 and 1",
};

export function Forward({ step, unit }: { step: Step; unit: Unit }) {
  const { layers, x, a } = step.stages[unit.stage];
  const activations = layers.slice(1);
  const index = unit.unit + (unit.stage === step.stages.length - 1 ? 0 : 1);
  const shown = unit.inputs.slice(0, 2);
  const rest = unit.z - shown.reduce((sum, { value }) => sum + value, unit.bias ?? 0);
  return (
    <>
      <h2>{layerName(step, unit.stage)}: forward</h2>
      <p>
        Each of {a.length} units takes all {x.length} numbers, multiplies each by a weight of its own, and
        adds up. {activations.map((name) => `${name} ${says[name] ?? "bends the sum"}. `)}
        Blue lines push a unit up, orange ones hold it down; the strongest of both are drawn.
      </p>
      <Formula>
        <Term value={unit.z}>
          <Letter of="z" index={index} />
        </Term>
        <Sign>=</Sign>
        {shown.map(({ from, value }) => (
          <>
            <Term value={value} key={from}>
              <Letter of="x" index={from + 1} />
              <Letter of="w" index={`${from + 1},${index}`} />
            </Term>
            <Sign>+</Sign>
          </>
        ))}
        <Term value={rest}>… {x.length - shown.length} more</Term>
        {unit.bias !== undefined && (
          <>
            <Sign>+</Sign>
            <Term value={unit.bias}>
              <Letter of="b" index={index} />
            </Term>
          </>
        )}
      </Formula>
      {activations.length > 0 && (
        <Formula>
          <Term value={unit.a}>
            <Letter of="a" index={index} />
          </Term>
          <Sign>=</Sign>
          <span class="sign">
            {activations.join(" ")}({number(unit.z)})
          </span>
        </Formula>
      )}
    </>
  );
}

export function Probabilities({ step }: { step: Step }) {
  const { winner, probabilities, stages } = step;
  const { a } = stages[stages.length - 1];
  return (
    <>
      <h2>Softmax: ten probabilities</h2>
      <p>
        The ten sums can be any numbers. Softmax makes shares of them: each becomes e to its power, divided by
        all ten together. The largest share names the digit: {wordOf(winner)}. The lines show why: what added
        most to the sum of the {wordOf(winner)}, and, further left, what had lit those units.
      </p>
      <Formula>
        <Term value={probabilities[winner]}>
          <Letter of="p" index={winner} />
        </Term>
        <Sign>=</Sign>
        <span class="fraction symbol">
          <span>
            <i>e</i>
            <sup>{number(a[winner])}</sup>
          </span>
          <span>
            {[...a].slice(0, 3).map((z, i) => (
              <>
                {i > 0 && " + "}
                <i>e</i>
                <sup>{number(z)}</sup>
              </>
            ))}{" "}
            + …
          </span>
        </span>
      </Formula>
    </>
  );
}

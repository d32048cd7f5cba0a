import { number, wordOf } from "../format.js";
import type { Step } from "../step/step.js";
import type { Unit } from "../step/unit.js";
import { layerName } from "../view/names.js";
import { Derivative, Formula, Letter, Sign, Term } from "./formula.js";

export function Loss({ step }: { step: Step }) {
  const label = step.label ?? step.winner;
  return (
    <>
      <h2>The loss: how wrong is that?</h2>
      <p>
        Say that it is {label === 8 ? "an" : "a"} <b>{wordOf(label)}</b>. The loss looks at nothing but the
        probability of that digit: at 100 % it is 0, and it grows without end as the probability goes to 0.
      </p>
      <Formula>
        <Term value={step.loss}>
          <Letter of="L" />
        </Term>
        <Sign>=</Sign>
        <span class="sign">−ln</span>
        <Term value={step.probabilities[label]}>
          <Letter of="p" index={label} />
        </Term>
      </Formula>
    </>
  );
}

export function OutputGradient({ step, unit }: { step: Step; unit: Unit }) {
  const c = unit.unit;
  const target = c === step.label ? 1 : 0;
  return (
    <>
      <h2>Back to the output layer</h2>
      <p>
        How would the loss change with each of the ten sums? By its probability, less 1 for the true digit. A
        ring around a unit is that gradient: blue where a larger sum makes the loss larger, orange where it
        makes it smaller.
      </p>
      <Formula>
        <Term value={unit.dz}>
          <Derivative by={<Letter of="z" index={c} />} />
        </Term>
        <Sign>=</Sign>
        <Term value={unit.probability}>
          <Letter of="p" index={c} />
        </Term>
        <Sign>−</Sign>
        <Term value={target}>
          <Letter of="t" index={c} />
        </Term>
      </Formula>
      <WeightGradient step={step} unit={unit} />
    </>
  );
}

export function HiddenGradient({ step, unit }: { step: Step; unit: Unit }) {
  const after = step.stages[unit.stage + 1];
  return (
    <>
      <h2>{layerName(step, unit.stage)}: the chain rule</h2>
      <p>
        A unit of this layer acts on the loss through all {after.a.length} units of the next: their gradients
        come back along the same weights and add up. Then through its own activation, and then to each weight,
        by what went in.
      </p>
      <WeightGradient step={step} unit={unit} />
    </>
  );
}

/** One weight's gradient as a product of what stands between it and the loss. */
function WeightGradient({ step, unit }: { step: Step; unit: Unit }) {
  const { stage, dz, da, slope } = unit;
  const isLast = stage === step.stages.length - 1;
  const j = unit.unit + (isLast ? 0 : 1);
  const [input] = unit.inputs;
  const x = input === undefined ? 0 : step.stages[stage].x[input.from];
  const i = (input?.from ?? 0) + 1;
  const weight = <Letter of="w" index={`${i},${j}`} />;
  const [z, a] = [<Letter of="z" index={j} key="z" />, <Letter of="a" index={j} key="a" />];
  return (
    <>
      <Formula>
        <Term value={dz === undefined ? undefined : x * dz}>
          <Derivative by={weight} />
        </Term>
        <Sign>=</Sign>
        {isLast ? (
          <Term value={dz}>
            <Derivative by={z} />
          </Term>
        ) : (
          <>
            <Term value={da}>
              <Derivative by={a} />
            </Term>
            <Sign>·</Sign>
            <Term value={dz === 0 ? 0 : slope}>
              <Derivative of={a} by={z} />
            </Term>
          </>
        )}
        <Sign>·</Sign>
        <Term value={x}>
          <Derivative of={z} by={weight} />
        </Term>
      </Formula>
      <p class="soft">
        For all weights at once: ∂L/∂W = xᵀ·∂L/∂z, and for the biases ∂L/∂b = ∂L/∂z
        {dz !== undefined && `, here ${number(dz)}`}.
        {!isLast && " What comes back: ∂L/∂a = ∂L/∂z·Wᵀ of the next layer."}
      </p>
    </>
  );
}

export function ByPixel() {
  return (
    <>
      <h2>At the pixels</h2>
      <p>
        There is nothing to learn here, but something to see: where the loss hangs on the picture. More ink on
        a blue pixel makes it larger, on an orange one smaller. Learning now takes a small step against each
        gradient: weights and biases with a positive one shrink, those with a negative one grow.
      </p>
    </>
  );
}

import { number, percent } from "../format.js";
import type { Step } from "../step/step.js";

/** Where there is room for them, they are there from the beginning. */
const wide = matchMedia("(min-width: 76rem)");

/** The output layer in numbers. */
export function Numbers({ step }: { step: Step }) {
  const { a, dz } = step.stages[step.stages.length - 1];
  return (
    <details class="numbers" open={wide.matches}>
      <summary>The output layer in numbers</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">digit</th>
            <th scope="col">sum, z</th>
            <th scope="col">probability, p</th>
            <th scope="col">gradient, ∂L/∂z</th>
          </tr>
        </thead>
        <tbody>
          {[...a.keys()].map((digit) => (
            <tr key={digit} data-digit={digit} class={digit === step.winner ? "winner" : ""}>
              <th scope="row">{digit}</th>
              <td data-value={a[digit]}>{number(a[digit])}</td>
              <td data-value={step.probabilities[digit]}>{percent(step.probabilities[digit])}</td>
              <td data-value={dz?.[digit]}>{dz && number(dz[digit])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

import { number } from "../../think/format.js";
import type { RunState } from "../training/run-state.js";
import { share } from "../training/share.js";

export interface NumbersProps {
  readonly runs: readonly { readonly name: string; readonly state: RunState }[];
}

const whole = (value: number) => Math.round(value).toLocaleString("en");

/** Where the runs are, in numbers. */
export function Numbers({ runs }: NumbersProps) {
  const rows: readonly (readonly [string, (state: RunState) => string])[] = [
    ["Steps", ({ history }) => whole(history.at(-1)?.steps ?? 0)],
    ["Examples seen", ({ history }) => whole(history.at(-1)?.seen ?? 0)],
    [
      "Passes",
      (state) => passes(state).toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    ],
    ["Examples/s", ({ speed }) => whole(speed)],
    ["Training loss", ({ history }) => ofLast(history.at(-1)?.trainLoss, number)],
    ["Validation loss", ({ history }) => ofLast(history.at(-1)?.loss, number)],
    ["Training accuracy", ({ history }) => ofLast(history.at(-1)?.trainAccuracy, share)],
    ["Validation accuracy", ({ history }) => ofLast(history.at(-1)?.accuracy, share)],
    ["Weights and biases", ({ parameters }) => whole(parameters)],
  ];
  return (
    <table class="numbers-now">
      {runs.length > 1 && (
        <thead>
          <tr>
            <td />
            {runs.map(({ name }) => (
              <th key={name} scope="col" class={`run-${name}`}>
                Run {name}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map(([label, of]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {runs.map(({ name, state }) => (
              <td key={name} data-measure={label}>
                {of(state)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const ofLast = (value: number | undefined, format: (value: number) => string) =>
  value === undefined ? "–" : format(value);

const passes = ({ history, examples }: RunState) => (history.at(-1)?.seen ?? 0) / (examples || 1);

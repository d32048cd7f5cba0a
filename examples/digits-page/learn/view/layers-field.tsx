import { layerSizes } from "../training/choices.js";
import { Select } from "./fields.js";

export interface LayersFieldProps {
  readonly label: string;
  readonly hidden: readonly number[];
  choose(hidden: readonly number[]): void;
}

const MOST = 4;

/** The hidden layers, from the input on: how many units each has. */
export function LayersField({ label, hidden, choose }: LayersFieldProps) {
  return (
    <div class="layers">
      {hidden.map((units, i) => (
        <Select
          key={i}
          label={`Units of hidden layer ${i + 1}${label}`}
          choices={layerSizes}
          value={units}
          choose={(next) => choose(hidden.with(i, next))}
        />
      ))}
      {hidden.length === 0 && <span class="soft">none</span>}
      <span class="buttons">
        <button
          type="button"
          aria-label={`Remove a hidden layer${label}`}
          disabled={hidden.length === 0}
          onClick={() => choose(hidden.slice(0, -1))}
        >
          −
        </button>
        <button
          type="button"
          aria-label={`Add a hidden layer${label}`}
          disabled={hidden.length === MOST}
          onClick={() => choose([...hidden, hidden.at(-1) ?? 32])}
        >
          +
        </button>
      </span>
    </div>
  );
}

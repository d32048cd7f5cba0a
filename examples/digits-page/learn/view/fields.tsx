import type { Choice } from "../training/choices.js";

export interface SelectProps<Value> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly disabled?: boolean;
  choose(value: Value): void;
}

/** One of several, named by `label` for those who do not see where it stands. */
export function Select<Value extends string | number>(props: SelectProps<Value>) {
  const { label, choices, value, disabled = false, choose } = props;
  const all = choices.some((choice) => choice.value === value)
    ? choices
    : [{ value, label: String(value) }, ...choices];
  return (
    <select
      aria-label={label}
      disabled={disabled}
      value={String(value)}
      onChange={({ currentTarget }) => choose(all[currentTarget.selectedIndex].value)}
    >
      {all.map((choice) => (
        <option key={choice.value} value={String(choice.value)}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

export interface SeedProps {
  readonly label: string;
  readonly value: number;
  choose(value: number): void;
}

/** A whole number from 0. */
export function Seed({ label, value, choose }: SeedProps) {
  return (
    <input
      type="number"
      aria-label={label}
      min={0}
      max={9999}
      step={1}
      value={value}
      onChange={({ currentTarget }) => {
        const seed = Math.floor(currentTarget.valueAsNumber);
        if (seed >= 0 && seed <= 9999) choose(seed);
        else currentTarget.value = String(value);
      }}
    />
  );
}

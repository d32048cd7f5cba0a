import type { ComponentChildren } from "preact";
import * as choices from "../training/choices.js";
import { examplesPerStep, type Settings } from "../training/settings.js";
import { Seed, Select } from "./fields.js";
import { LayersField } from "./layers-field.js";

export interface Column {
  /** "A" or "B"; nothing where there is only one. */
  readonly name: string;
  readonly settings: Settings;
  change(part: Partial<Settings>): void;
}

export interface SettingsTableProps {
  readonly columns: readonly Column[];
  /** How many there are to learn from. */
  readonly examples: number;
  readonly losses?: typeof choices.losses;
  /** Whether the layers are chosen here. */
  readonly withLayers: boolean;
}

type Cell = (column: Column, of: string) => ComponentChildren;

/** All that is chosen, a row each; with two runs, in two columns, so that one sees in what they differ. */
export function SettingsTable({ columns, examples, losses, withLayers }: SettingsTableProps) {
  const rows: readonly (readonly [label: string, key: keyof Settings, cell: Cell])[] = [
    ["Gradient descent", "descent", select("Gradient descent", "descent", choices.descents)],
    ["Examples a step", "batchSize", (column, of) => <BatchSize {...{ column, of, examples }} />],
    ["Learning rate", "learningRate", select("Learning rate", "learningRate", choices.rates)],
    ["Optimizer", "optimizer", select("Optimizer", "optimizer", choices.optimizers)],
    ["Loss", "loss", select("Loss", "loss", losses ?? choices.losses)],
    ...(withLayers ? [["Hidden layers", "hidden", layers] as const] : []),
    ["Activation", "activation", select("Activation", "activation", choices.activations)],
    ["Seed", "seed", seed],
  ];
  const isTwo = columns.length > 1;
  return (
    <table class={isTwo ? "settings two" : "settings"}>
      {isTwo && (
        <thead>
          <tr>
            <td />
            {columns.map(({ name }) => (
              <th key={name} scope="col" class={`run-${name}`}>
                Run {name}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map(([label, key, cell]) => (
          <tr key={key} class={differ(columns, key) ? "differs" : ""}>
            <th scope="row">{label}</th>
            {columns.map((column) => (
              <td key={column.name}>{cell(column, isTwo ? `, run ${column.name}` : "")}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const differ = (columns: readonly Column[], key: keyof Settings) =>
  new Set(columns.map(({ settings }) => JSON.stringify(settings[key]))).size > 1;

/** A cell in which a setting is one of some choices. */
function select<Key extends "descent" | "learningRate" | "optimizer" | "loss" | "activation">(
  label: string,
  key: Key,
  among: readonly choices.Choice<Settings[Key]>[],
): Cell {
  return ({ settings, change }, of) => (
    <Select
      label={label + of}
      choices={among}
      value={settings[key]}
      choose={(value) => change({ [key]: value })}
    />
  );
}

const layers: Cell = ({ settings, change }, of) => (
  <LayersField label={of} hidden={settings.hidden} choose={(hidden) => change({ hidden })} />
);

const seed: Cell = ({ settings, change }, of) => (
  <Seed label={`Seed${of}`} value={settings.seed} choose={(value) => change({ seed: value })} />
);

function BatchSize({ column, of, examples }: { column: Column; of: string; examples: number }) {
  const { settings, change } = column;
  if (settings.descent === "mini-batch") {
    return (
      <Select
        label={`Examples a step${of}`}
        choices={choices.batchSizes.filter(({ value }) => value < (examples || Number.POSITIVE_INFINITY))}
        value={settings.batchSize}
        choose={(batchSize) => change({ batchSize })}
      />
    );
  }
  const size = examplesPerStep(settings, examples);
  return (
    <span class="soft fixed">{settings.descent === "batch" ? `all ${size.toLocaleString("en")}` : "1"}</span>
  );
}

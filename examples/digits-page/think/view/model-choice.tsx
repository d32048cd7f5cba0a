import type { Shown } from "../../contracts.js";
import { modelOfFile } from "../sources.js";

export interface ModelChoiceProps {
  readonly name: string;
  readonly model: Shown | undefined;
  open(model: Shown, name: string): void;
  complain(error: unknown): void;
}

/** Which network reads, and a way to take another. */
export function ModelChoice({ name, model, open, complain }: ModelChoiceProps) {
  const weights = model?.parameters.reduce((sum, { value }) => sum + value.rows * value.cols, 0);
  const take = (file: File | undefined) => {
    if (file !== undefined) modelOfFile(file).then((opened) => open(opened, file.name), complain);
  };
  return (
    <div class="model">
      <p>
        <b>{name || "Loading the network …"}</b>
        {weights !== undefined && (
          <span class="soft"> {weights.toLocaleString("en")} weights and biases</span>
        )}
      </p>
      <label class="file">
        <span>Open a network from a file</span>
        <input
          type="file"
          accept=".safetensors"
          onChange={({ currentTarget }) => {
            take(currentTarget.files?.[0]);
            currentTarget.value = "";
          }}
        />
      </label>
    </div>
  );
}

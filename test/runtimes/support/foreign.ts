import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { golden, kerasFile, largestDifference } from "../../keras/fixtures.js";
import { root } from "../../package/support/root.js";

const NAME = "trained.keras";
const remembered = golden.files[NAME];

/** Puts the packages that foreign formats take where scripts find them, and a file of Keras as a module. */
export async function addForeign(consumer: string): Promise<void> {
  for (const name of ["onnx-buf", "@bufbuild/protobuf", "fflate", "h5wasm"]) {
    await cp(join(root, "node_modules", name), join(consumer, "node_modules", name), { recursive: true });
  }
  const [keras, x] = [Buffer.from(kerasFile(NAME)).toString("base64"), remembered.x].map((v) =>
    JSON.stringify(v),
  );
  await writeFile(
    join(consumer, "keras-file.mjs"),
    `export const keras = ${keras};\nexport const x = ${x};\n`,
  );
}

/** What scripts/foreign.mjs prints. */
export interface Foreign {
  readonly onnx: boolean;
  readonly tensorFlowJs: boolean;
  readonly pytorch: boolean;
  readonly numpy: boolean;
  /** What the model of Keras predicts. */
  readonly keras: readonly (readonly number[])[];
}

/** What is wrong with it, by name; below 10⁻⁶, as in Node, Keras agrees. */
export function wrongIn({ keras, ...same }: Foreign): readonly string[] {
  const wrong = Object.entries(same).filter(([, isSame]) => !isSame);
  const distance = largestDifference(keras, remembered.y);
  return [...wrong.map(([name]) => name), ...(distance < 1e-6 ? [] : [`keras by ${distance}`])];
}

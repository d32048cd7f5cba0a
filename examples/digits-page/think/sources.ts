import { modelFromBytes } from "chainrule";
import type { Shown } from "../contracts.js";
import { readable } from "./step/readable.js";

/** The network that the page opens with. @throws Error with a sentence for the reader */
export async function openingModel(): Promise<Shown> {
  const response = await fetch(new URL("model.safetensors", document.baseURI)).catch(() => undefined);
  if (!response?.ok) throw new Error("The network that comes with this page could not be loaded.");
  return readable(modelFromBytes(new Uint8Array(await response.arrayBuffer())));
}

/** A network from a file that `modelToBytes` or `saveModel` wrote. @throws Error with a sentence for the reader */
export async function modelOfFile(file: File): Promise<Shown> {
  try {
    return readable(modelIn(new Uint8Array(await file.arrayBuffer())));
  } catch (error) {
    throw new Error(`${file.name} could not be opened. ${(error as Error).message}`, { cause: error });
  }
}

/** What the reader of a file finds wrong is for programmers: it stays the cause. */
function modelIn(bytes: Uint8Array): Shown {
  try {
    return modelFromBytes(bytes);
  } catch (cause) {
    throw new Error("It is damaged, or no network that chainrule has saved.", { cause });
  }
}

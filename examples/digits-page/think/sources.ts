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
    return readable(modelFromBytes(new Uint8Array(await file.arrayBuffer())));
  } catch (error) {
    throw new Error(`${file.name} could not be opened. ${(error as Error).message}`);
  }
}

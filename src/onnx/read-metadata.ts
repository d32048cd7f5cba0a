import type { Bytes } from "../io/bytes.js";
import { loadMessages } from "./messages.js";
import { KEYS } from "./write-metadata.js";

/** What an ONNX file says of itself beside its graph. */
export interface OnnxMetadata {
  /** The program that wrote it, and its version; each may be empty. */
  readonly producer: string;
  readonly producerVersion: string;
  readonly doc: string;
  /** The version of ONNX's operators that it is written in. */
  readonly opset: number | undefined;
  /** The names of the classes, where the file has a list of them as `labels`, as `toOnnx` writes it. */
  readonly labels: readonly string[] | undefined;
  /** All texts that it carries, by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * What an ONNX file says of itself: who wrote it, its labels, its texts. The graph may be any.
 * @throws ChainruleError without the package `onnx-buf`, and for bytes that are no such file
 */
export async function readOnnxMetadata(bytes: Bytes): Promise<OnnxMetadata> {
  const { decode } = await loadMessages("readOnnxMetadata");
  const { producerName, producerVersion, docString, opsetImport, metadataProps } = decode(bytes);
  const metadata: Record<string, string> = Object.create(null);
  for (const { key, value } of metadataProps) metadata[key] = value;
  const opset = opsetImport.find(({ domain }) => domain === "" || domain === "ai.onnx");
  return {
    ...{ producer: producerName, producerVersion, doc: docString, metadata },
    opset: opset && Number(opset.version),
    labels: labelsOf(metadata[KEYS.labels]),
  };
}

function labelsOf(text = ""): readonly string[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    const isList = Array.isArray(list) && list.every((one) => typeof one === "string");
    return isList ? list : undefined;
  } catch {
    return undefined; // a text of another program
  }
}

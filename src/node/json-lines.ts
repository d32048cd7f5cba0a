import { from } from "../data/pipeline/from.js";
import type { Pipeline } from "../data/pipeline.js";
import { describe, fail } from "../errors.js";
import { parseJson } from "../io/strict-json.js";
import { checkOptions, integer, optional } from "../options.js";
import { found, type OnBadRow, onBadRowRule, reportBadRow } from "./bad-rows.js";
import { readChunks } from "./read-chunks.js";

export interface JsonLinesOptions {
  /** What happens to a line that is no JSON object. Default: "throw". */
  onBadRow?: OnBadRow;
  /** The most characters that a line may have. Default: 2²⁰. */
  maxLineLength?: number;
}

const WHO = "jsonLines";

/**
 * The rows of a file with a JSON object in each line (https://jsonlines.org; plain or gzip, UTF-8), read as they are
 * wanted, in bounded memory. Empty lines are passed by.
 * @throws ChainruleError for wrong options; and while it is read, for a file that cannot be read and lines that do not fit
 */
export function jsonLines<T extends object = Record<string, unknown>>(
  path: string,
  options: JsonLinesOptions = {},
): Pipeline<T> {
  if (typeof path !== "string") fail(WHO, "the path of a file", describe(path));
  checkOptions(WHO, options, { onBadRow: optional(onBadRowRule), maxLineLength: optional(integer(1)) });
  return from(() => rows<T>(path, options));
}

async function* rows<T>(path: string, options: JsonLinesOptions): AsyncGenerator<T> {
  const { onBadRow = "throw", maxLineLength = 2 ** 20 } = options;
  let line = 0;
  for await (const lines of linesOf(path, maxLineLength)) {
    for (const text of lines) {
      line++;
      if (text.trim() === "") continue;
      const value = text.length > maxLineLength ? `${text.length} characters` : read(text);
      if (typeof value === "object") yield value as T;
      else {
        const expected =
          text.length > maxLineLength ? `lines of at most ${maxLineLength} characters` : "a JSON object";
        reportBadRow(WHO, onBadRow, { file: path, line, expected, got: value });
      }
    }
  }
}

/** The object in a line, or what is there instead, in words. */
function read(text: string): object | string {
  try {
    const value = parseJson(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : found(text);
  } catch (error) {
    return `${found(text)} (${(error as Error).message})`;
  }
}

/** The lines of a file, in blocks; of one that is too long only so much is kept as to see that it is. */
async function* linesOf(path: string, most: number): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      return fail(
        WHO,
        `text in UTF-8 in ${JSON.stringify(path)}`,
        "other bytes",
        "Convert the file: iconv -t utf-8.",
      );
    }
  };
  let rest = "";
  for await (const chunk of readChunks(WHO, path)) {
    const lines = decode(chunk).split("\n");
    lines[0] = rest + lines[0];
    rest = (lines.pop() as string).slice(0, most + 1);
    yield lines;
  }
  yield [rest + decode()];
}

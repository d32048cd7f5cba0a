import * as chainrule from "chainrule";
import { format, lineOf } from "./format.js";
import { programOf } from "./program.js";

// A page prints the same on every machine.
chainrule.setNumerics("exact");

/** What the worker tells the page: a line printed, with numbers to draw if it is a list of them, or how it ended. */
export type News =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "line"; readonly values: readonly number[] }
  | { readonly kind: "end"; readonly seconds: number; readonly error?: string };

const tell = (news: News) => postMessage(news);

const printer = {
  log(...values: unknown[]) {
    const line = values.length === 1 ? lineOf(values[0]) : undefined;
    tell(
      line === undefined
        ? { kind: "text", text: values.map((value) => format(value)).join(" ") }
        : { kind: "line", values: line },
    );
  },
};

addEventListener("message", async ({ data }: MessageEvent<string>) => {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  try {
    await programOf(data)(chainrule, printer);
    tell({ kind: "end", seconds: seconds() });
  } catch (error) {
    tell({ kind: "end", seconds: seconds(), error: format(error) });
  }
});

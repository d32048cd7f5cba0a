import type { MarkdownRenderer } from "vitepress";

/** Bold text that is an equation, **y = x·W + b**, gets the class `equation`, and with it the letters of mathematics. */
export function equations(md: MarkdownRenderer): void {
  md.core.ruler.push("equations", ({ tokens }) => {
    for (const { children } of tokens) {
      for (const [i, token] of (children ?? []).entries()) {
        if (token.type !== "strong_open") continue;
        const words = children?.[i + 1]?.content ?? "";
        if (/[=≈←≤]/.test(words)) token.attrJoin("class", "equation");
      }
    }
  });
}

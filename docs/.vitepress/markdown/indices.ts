import type { MarkdownRenderer } from "vitepress";

// One letter with an index that no letter of Unicode has: μ_t, μ_(t+1), 0.96^(ψ·t).
const index = /(?<![\p{L}\p{N}_])(\p{L}\p{M}?)_(\p{L}|\d|∞|\([^()]*\))(?![\p{L}\p{N}_])/gu;
const power = /(?<=[\p{L}\p{N})])\^(\p{L}|\d+|\([^()]*\))(?![\p{L}\p{N}_])/gu;

/** Text of an equation as HTML, or nothing if it has no index. */
export function withIndices(text: string): string | undefined {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const plain = (inner: string) => inner.replaceAll(/^\(|\)$/g, "");
  const html = escaped
    .replaceAll(index, (_, letter: string, below: string) => `${letter}<sub>${plain(below)}</sub>`)
    .replaceAll(power, (_, above: string) => `<sup>${plain(above)}</sup>`);
  return html === escaped ? undefined : html;
}

/** Sets indices and powers below and above the line, outside of code. */
export function indices(md: MarkdownRenderer): void {
  md.core.ruler.push("indices", ({ tokens }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const html = token.type === "text" ? withIndices(token.content) : undefined;
      if (html !== undefined) [token.type, token.content] = ["html_inline", html];
    }
  });
}

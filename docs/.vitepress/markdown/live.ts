import type { MarkdownRenderer } from "vitepress";

/** A block of code below the comment `<!-- live -->` gets a button that runs it. */
export function liveBlocks(md: MarkdownRenderer): void {
  md.core.ruler.push("live", (state) => {
    for (const [i, token] of state.tokens.entries()) {
      const fence = state.tokens[i + 1];
      if (token.type !== "html_block" || token.content.trim() !== "<!-- live -->" || fence?.type !== "fence")
        continue;
      token.content = "";
      fence.meta = { live: true };
    }
  });
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, i, options, env, self) => {
    const html = fence?.(tokens, i, options, env, self) ?? "";
    if (tokens[i].meta?.live !== true) return html;
    return `<LiveExample code="${encodeURIComponent(tokens[i].content)}">${html}</LiveExample>`;
  };
}

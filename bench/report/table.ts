/** A Markdown table that reads well as plain text, too: numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, c) => Math.max(3, ...[head, ...rows].map((row) => row[c].length)));
  const line = (row: readonly string[]) => {
    const cells = row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]) : cell.padStart(widths[c])));
    return `| ${cells.join(" | ")} |`;
  };
  const rule = widths.map((width, c) => (c === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}

/** Three digits: 1.23 · 12.3 · 123 · 1,230 */
export function number(x: number): string {
  if (x >= 1000) return Math.round(Number(x.toPrecision(3))).toLocaleString("en-US");
  return x.toPrecision(3);
}

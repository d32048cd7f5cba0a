/** Points of several series, two characters apart, with a tick each `every`; where two meet, the later is seen. NaN is no point. */
export function plot(
  series: Readonly<Record<string, readonly number[]>>,
  height: number,
  every: number,
): string {
  const all = Object.values(series).flat().filter(Number.isFinite);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const width = Math.max(...Object.values(series).map((values) => values.length));
  const lines = Array.from({ length: height }, () => new Array<string>(width).fill(" "));
  for (const [mark, values] of Object.entries(series)) {
    for (const [column, value] of values.entries()) {
      if (Number.isFinite(value))
        lines[Math.round(((high - value) / (high - low)) * (height - 1))][column] = mark;
    }
  }
  const labels = lines.map((_, i) => (i === 0 ? high.toFixed(0) : i === height - 1 ? low.toFixed(0) : ""));
  const room = Math.max(...labels.map((label) => label.length));
  const axis = Array.from({ length: width }, (_, column) => (column % every === 0 ? "┴─" : "──"));
  return [
    ...lines.map((line, i) => `${labels[i].padStart(room)} │ ${line.join(" ")}`.trimEnd()),
    `${" ".repeat(room)} └─${axis.join("").slice(0, -1)}`,
  ].join("\n");
}

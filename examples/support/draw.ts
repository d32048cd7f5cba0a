import type { Matrix } from "chainrule";

/** A grey picture for the terminal, two characters a pixel, from 0 (nothing) to 1; empty borders are left out. */
export function picture(pixels: ArrayLike<number>, width: number): string {
  const rows = Array.from({ length: pixels.length / width }, (_, r) => {
    return Array.from({ length: width }, (_, c) => pixels[r * width + c]);
  });
  const inked = (row: readonly number[]) => row.some((pixel) => pixel > 0);
  const top = rows.findIndex(inked);
  const bottom = rows.length - [...rows].reverse().findIndex(inked);
  const shades = [" ", "░", "▒", "▓", "█"];
  const line = (row: readonly number[]) =>
    row.map((pixel) => shades[Math.ceil(pixel * 4)].repeat(2)).join("");
  return rows
    .slice(top, bottom)
    .map((row) => line(row).trimEnd())
    .join("\n");
}

/** Pictures of one size beside each other, in five shades. */
export function pictures(images: readonly ArrayLike<number>[], width: number): string {
  const height = images[0].length / width;
  const rows = Array.from({ length: height }, (_, r) =>
    images.flatMap((pixels) => {
      const row = Array.from({ length: width }, (_, c) => Math.round(pixels[r * width + c] * 4) / 4);
      return [...row, 0];
    }),
  );
  return picture(rows.flat(), (width + 1) * images.length);
}

/** A bar for each share from 0 to 1, in eighths of a character, with its index before it and the number after it. */
export function bars(shares: ArrayLike<number>, width = 40): string {
  const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
  return Array.from(shares, (share, i) => {
    const length = Math.round(share * width * 8);
    const bar = "█".repeat(length >> 3) + eighths[length & 7];
    return `${i} ${bar.padEnd(width)} ${share.toFixed(4)}`;
  }).join("\n");
}

/** Lines of equally wide columns: the first to the left, the others to the right. */
export function table(lines: readonly (readonly string[])[]): string {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  "),
    )
    .join("\n");
}

/** How often each class (a line) was taken for each class (a column); `·` is never. Both are columns of indices. */
export function confusionMatrix(actual: Matrix, found: Matrix, classes: number): string {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let r = 0; r < actual.rows; r++) counts[actual.at(r, 0)][found.at(r, 0)]++;
  const names = counts.map((_, i) => String(i));
  const head = ["is ╲ taken for", ...names];
  return table([
    head,
    ...counts.map((row, i) => [names[i], ...row.map((count) => (count === 0 ? "·" : String(count)))]),
  ]);
}

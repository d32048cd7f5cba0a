/** The rows of a batch, the widths of layers, the classes of a network, and how many things an embedding tells apart. */
export const BATCH = 32;
export const CLASSES = 10;
export const WIDTHS: readonly number[] = [64, 128, 256, 512];
export const THINGS = 1000;

/** What a contender prints in a line: microseconds for one call. */
export interface Measurement {
  readonly name: string;
  readonly width: number;
  readonly microseconds: number;
}

/** Microseconds for a call: the median of some measurements of a few milliseconds each, when it is warm. */
export function microseconds(work: () => void): number {
  const time = (count: number) => {
    const start = performance.now();
    for (let i = 0; i < count; i++) work();
    return (1000 * (performance.now() - start)) / count;
  };
  for (let i = 0; i < 3; i++) time(400); // until the engine has compiled it
  const count = Math.max(5, Math.round(4000 / time(20)));
  const times = Array.from({ length: 9 }, () => time(count));
  return times.sort((a, b) => a - b)[4];
}

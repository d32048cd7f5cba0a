/** Rounds x to float32 where `single`, or leaves it: a flag and no function, so that both widths run at full speed. */
export const round = (single: boolean, x: number): number => (single ? Math.fround(x) : x);

/** The pen's width, where the paper's side is 1: at first, and between what it can be chosen. */
export const PEN = 0.08;
export const PENS = { min: 0.05, max: 0.12 } as const;

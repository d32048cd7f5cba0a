/** The pen's width, where the paper's side is 1. */
export const PEN = 0.075;

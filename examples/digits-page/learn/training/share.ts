/** A share of right answers: 97.3 %, and 100 % where all are. */
export const share = (value: number): string =>
  `${(100 * value).toFixed(value === 0 || value === 1 ? 0 : 1)}\u00a0%`;

import { type Rule, shape } from "../options.js";

/** What a picture may be, here and in reports. */
export const pictureShape: Rule = {
  expected: "[height, width] or [height, width, 1 or 3]",
  accepts: (v) =>
    shape.accepts(v) &&
    ((v as number[]).length === 2 || ((v as number[]).length === 3 && [1, 3].includes((v as number[])[2]))),
};

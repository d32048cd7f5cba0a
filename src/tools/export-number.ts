/** A number as JavaScript, of which −0 stays −0. */
export const written = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));

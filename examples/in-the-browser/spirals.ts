import { Matrix, Random } from "chainrule";

/** Points of two spirals, x and y from −1 to 1 and a little beyond: 1 is blue, 0 is orange. */
export function spirals(count = 400): { x: Matrix; y: Matrix } {
  const random = Random.fromSeed(1);
  const rows = Array.from({ length: count }, (_, i) => {
    const along = Math.sqrt(random.uniform(i)); // as many on every piece of the way
    const angle = 3.5 * Math.PI * along + (i % 2) * Math.PI;
    const noise = [0, 1].map((step) => 0.02 * random.normal(i, step + 1));
    return [along * Math.cos(angle) + noise[0], along * Math.sin(angle) + noise[1]];
  });
  return { x: Matrix.from(rows), y: Matrix.from(rows.map((_, i) => [i % 2])) };
}

/** The places of a map over the plane, from −1.1 to 1.1, row by row from the top. */
export function grid(side: number): Matrix {
  const at = (i: number) => 1.1 * ((2 * (i + 0.5)) / side - 1);
  return Matrix.zeros(side * side, 2).map((_, r, c) => (c === 0 ? at(r % side) : -at(Math.floor(r / side))));
}

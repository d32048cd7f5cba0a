import type { Floats, Matrix } from "chainrule";

/** A connection between two neighbouring layers, and the number that goes along it. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/**
 * The connections with the largest |rows[i]·W[i,j]·cols[j]|, `count` of either sign, the largest first. What is left out
 * is all ones: x·W are the products of a forward pass, x·dz the gradient of the weights. Of either sign, since most
 * weights of a trained network hold back, and what pushes would not be seen among them.
 */
export function strongest(
  count: number,
  { rows, weight, cols }: { rows?: Floats; weight?: Matrix; cols?: Floats },
): Edge[] {
  const inputs = rows?.length ?? weight?.rows ?? 0;
  const units = cols?.length ?? weight?.cols ?? 0;
  const weights = weight?.data;
  // Most activations and gradients of a layer of ReLU are 0.
  const active = [...Array(units).keys()].filter((to) => cols?.[to] !== 0);
  const [above, below] = [new Largest(count), new Largest(count)];
  for (let from = 0; from < inputs; from++) {
    const x = rows === undefined ? 1 : rows[from];
    if (x === 0) continue;
    for (const to of active) {
      const w = weights === undefined ? 1 : weights[from * units + to];
      const value = x * w * (cols === undefined ? 1 : cols[to]);
      if (value > above.least) above.add({ from, to, value });
      else if (-value > below.least) below.add({ from, to, value });
    }
  }
  return bySize([...above.take(), ...below.take()]);
}

/** Keeps the largest of what it is given. */
class Largest {
  /** What is not above this need not be added. */
  least = 0;
  private kept: Edge[] = [];

  constructor(private readonly count: number) {}

  add(edge: Edge): void {
    this.kept.push(edge);
    // In portions, since to sort is more work than to add.
    if (this.kept.length < 4 * this.count) return;
    this.kept = this.take();
    this.least = Math.abs(this.kept[this.count - 1].value);
  }

  take(): Edge[] {
    return bySize(this.kept).slice(0, this.count);
  }
}

const bySize = (edges: Edge[]) => edges.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));

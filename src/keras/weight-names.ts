import { fail } from "../errors.js";

/** So many weights of one name are an attack: to compare them all would take too long. */
const MOST = 256;

/**
 * Names of weights by what they end in. A weight is called by its layer and its own name, `dense/kernel`, with the names of
 * the models around it in front, or some of them, and in older files `:0` behind it.
 */
export class WeightNames {
  private readonly byEnd = new Map<string, string[]>();

  constructor(
    private readonly who: string,
    names: Iterable<string>,
  ) {
    for (const name of names) {
      const end = segmentsOf(name).slice(-2).join("/");
      const same = this.byEnd.get(end);
      if (same === undefined) this.byEnd.set(end, [name]);
      else if (same.push(name) > MOST) fail(who, `at most ${MOST} weights of one layer's name`, "more");
    }
  }

  /** The one of a layer, whose name stands last in `layers`, that agrees with most of the models around it. */
  find(layers: readonly string[], weight: string): string | undefined {
    const wanted = [...layers.flatMap((layer) => layer.split("/")), weight];
    const names = this.byEnd.get(wanted.slice(-2).join("/")) ?? [];
    const scores = names.map((name) => agreement(segmentsOf(name), wanted));
    const best = Math.max(0, ...scores);
    const found = names.filter((_, i) => scores[i] === best);
    if (found.length > 1) fail(this.who, `one weight ${wanted.join("/")}`, found.join(" and "));
    return found[0];
  }
}

export const segmentsOf = (name: string): readonly string[] => name.replace(/:\d+$/, "").split("/");

/** How many segments from the end are the same. */
function agreement(name: readonly string[], wanted: readonly string[]): number {
  let count = 0;
  while (count < wanted.length && name[name.length - 1 - count] === wanted[wanted.length - 1 - count])
    count++;
  return count;
}

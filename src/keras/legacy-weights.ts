import { describe, fail } from "../errors.js";
import type { Hdf5 } from "./hdf5.js";
import type { Place, Tensor, WeightFile } from "./reading.js";
import { segmentsOf, WeightNames } from "./weight-names.js";

/** Weights of one layer of the outermost model. */
interface Group {
  readonly list: readonly string[];
  readonly names: WeightNames;
}

/** The weights of whole-model `.h5` files: a group for each layer, whose attribute `weight_names` lists paths in it. */
export class NamedWeights implements WeightFile {
  private readonly groups = new Map<string, Group>();
  private readonly unused = new Set<string>();

  constructor(
    private readonly who: string,
    private readonly file: Hdf5,
    private readonly root: string,
  ) {
    for (const layer of texts(who, file, root, "layer_names")) {
      const list = texts(who, file, `${root}/${layer}`, "weight_names");
      this.groups.set(layer, { list, names: new WeightNames(who, list) });
      for (const name of list) this.unused.add(`${layer}/${name}`);
    }
  }

  /** By its name; of a layer that was renamed since, by its place. */
  find({ names }: Place, weight: string, index: number): Tensor | undefined {
    const group = this.groups.get(names[0]);
    if (group === undefined) return undefined;
    const inPlace = names.length === 1 ? group.list[index] : undefined;
    const isSame = inPlace !== undefined && segmentsOf(inPlace).at(-1) === weight;
    const name = group.names.find(names, weight) ?? (isSame ? inPlace : undefined);
    if (name === undefined) return undefined;
    this.unused.delete(`${names[0]}/${name}`);
    return this.file.tensor(`${this.root}/${names[0]}/${name}`);
  }

  expectAllUsed(): void {
    for (const name of this.unused) fail(this.who, "weights that a layer has", describe(name));
  }
}

/** A list that stands in an attribute, or, where it is long, in several: `weight_names0`, `weight_names1` … */
function texts(who: string, file: Hdf5, path: string, name: string): readonly string[] {
  const whole = file.attribute(path, name);
  const all: unknown[] = whole === undefined ? [] : [whole];
  for (let i = 0; whole === undefined; i++) {
    const part = file.attribute(path, `${name}${i}`);
    if (part === undefined) break;
    all.push(part);
  }
  const list = all.flat();
  if (list.every((one) => typeof one === "string")) return list as string[];
  return fail(who, `${name} of ${describe(path)} to be texts`, "something else");
}

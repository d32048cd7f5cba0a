/** A tensor's name and shape. */
export interface Sized {
  readonly name: string;
  readonly shape: readonly number[];
}

/** As errors print it: `0.weight [16 × 4]`. */
export const written = ({ name, shape }: Sized): string => `${name} [${shape.join(" × ")}]`;

/** The options with which a file fits, if it has a module of the same shapes for each place of the model; else nothing. */
export function suggestOptions(wanted: readonly Sized[], inFile: readonly Sized[]): string {
  const rest = [...modulesOf(inFile)];
  const names: Record<string, string> = {};
  for (const [place, content] of modulesOf(wanted)) {
    const at = rest.findIndex(([, other]) => other === content);
    if (at < 0) return "";
    const [[module]] = rest.splice(at, 1);
    if (module !== place) names[place] = module;
  }
  const said = `names: ${JSON.stringify(names)}`;
  if (rest.length === 0) return said;
  return Object.keys(names).length === 0 ? "strict: false" : `${said}, strict: false`;
}

/** What stands in each place of a model, or module of a file, in words that can be compared. */
function modulesOf(tensors: readonly Sized[]): ReadonlyMap<string, string> {
  const modules = new Map<string, string>();
  const inOrder = tensors
    .filter(({ name }) => !name.endsWith("tracked"))
    .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  for (const { name, shape } of inOrder) {
    const end = name.lastIndexOf(".") + 1;
    const place = name.slice(0, Math.max(0, end - 1));
    modules.set(place, (modules.get(place) ?? "") + written({ name: name.slice(end), shape }));
  }
  return modules;
}

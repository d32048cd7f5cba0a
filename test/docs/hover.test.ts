import { fileURLToPath } from "node:url";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const entries = ["index", "node/index", "onnx/index", "keras/index", "numpy/index", "mpi/index"].map(
  (name) => `${root}src/${name}.ts`,
);

/** What an editor shows of every name that is exported, as TypeScript's own compiler has it. */
let exported: readonly { readonly name: string; readonly symbol: ts.Symbol }[];
let checker: ts.TypeChecker;

beforeAll(() => {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(entries, options);
  checker = program.getTypeChecker();
  exported = entries.flatMap((entry) => {
    const file = program.getSourceFile(entry);
    const module = file && checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`no module ${entry}`);
    return checker.getExportsOfModule(module).map((alias) => ({
      name: alias.name,
      symbol: alias.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(alias) : alias,
    }));
  });
}, 120_000);

const isTold = (symbol: ts.Symbol) =>
  symbol.getDocumentationComment(checker).length > 0 || symbol.getJsDocTags(checker).length > 0;
const declarationsOf = (symbol: ts.Symbol) => symbol.declarations ?? [];
/** Whether a member is written in this project, and not in the standard library. */
const isOurs = (symbol: ts.Symbol) =>
  declarationsOf(symbol).some(({ parent }) => parent.getSourceFile().fileName.startsWith(`${root}src/`));

/** The properties that an object of an exported type may be given, by `Type.property`. */
function propertiesOf(filter: (name: string) => boolean): [string, ts.Symbol][] {
  return exported
    .filter(
      ({ name, symbol }) =>
        filter(name) && symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias),
    )
    .flatMap(({ name, symbol }) =>
      checker
        .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
        .filter(isOurs)
        .map((property): [string, ts.Symbol] => [`${name}.${property.name}`, property]),
    );
}

/** The options of each call: the properties of the last parameters that are objects of this project. */
function optionsOfCalls(): [string, ts.Symbol][] {
  return exported.flatMap(({ name, symbol }) => {
    const [declaration] = declarationsOf(symbol);
    if (declaration === undefined || !(symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class)))
      return [];
    const type = checker.getTypeOfSymbolAtLocation(symbol, declaration);
    const signatures = [...type.getCallSignatures(), ...type.getConstructSignatures()];
    return signatures.flatMap(({ parameters }) =>
      parameters
        .flatMap((parameter) => objectsIn(checker.getTypeOfSymbolAtLocation(parameter, declaration)))
        .flatMap((one) => checker.getPropertiesOfType(one))
        .filter(isOurs)
        .filter((property) => !(property.flags & ts.SymbolFlags.Method))
        .map((property): [string, ts.Symbol] => [`${name}: ${property.name}`, property]),
    );
  });
}

/** Plain objects: no classes, which have names of their own, and no arrays but those of rest parameters. */
function objectsIn(type: ts.Type): ts.Type[] {
  const rest = checker.isTupleType(type) ? checker.getTypeArguments(type as ts.TypeReference) : [type];
  return rest
    .flatMap((one) => (one.isUnion() ? one.types : [one]))
    .filter(
      (one) =>
        !((one.getSymbol()?.flags ?? 0) & ts.SymbolFlags.Class) &&
        !checker.isArrayType(one) &&
        one.flags & ts.TypeFlags.Object,
    );
}

const untold = (found: readonly [string, ts.Symbol][]) =>
  [...new Set(found.filter(([, symbol]) => !isTold(symbol)).map(([name]) => name))].sort();

describe("an editor tells, where one points at", () => {
  it("every function and class, what it is", () => {
    const named = exported.filter(
      ({ symbol }) => symbol.flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class),
    );
    expect(named.length).toBeGreaterThan(180);
    expect(untold(named.map(({ name, symbol }) => [name, symbol]))).toEqual([]);
  });

  it("every option, what it does", () => {
    const options = propertiesOf((name) => /(Options|Settings|Images)$/.test(name));
    expect(options.length).toBeGreaterThan(100);
    expect(untold(options)).toEqual([]);
  });

  it("every option of a call", () => {
    const options = optionsOfCalls();
    expect(options.length).toBeGreaterThan(200);
    expect(untold(options)).toEqual([]);
  });
});

import { join } from "node:path";
import ts from "typescript";

/** A setting of a function, or of the constructor of a class. */
export interface Option {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** By the names of an entry's functions and classes, the options that they take: the properties of their last parameter. */
export function optionsOf(root: string, entry: string): ReadonlyMap<string, readonly Option[]> {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [entry] }, ts.sys, root);
  const program = ts.createProgram([join(root, entry)], options);
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(join(root, entry));
  const module = file && checker.getSymbolAtLocation(file);
  const exported = module === undefined ? [] : checker.getExportsOfModule(module);
  return new Map(
    exported.flatMap((alias) => {
      const symbol = alias.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(alias) : alias;
      const found = symbol.declarations?.[0] ? listOf(checker, symbol, symbol.declarations[0]) : [];
      return found.length === 0 ? [] : [[alias.name, found] as const];
    }),
  );
}

function listOf(checker: ts.TypeChecker, symbol: ts.Symbol, at: ts.Declaration): readonly Option[] {
  const type = checker.getTypeOfSymbolAtLocation(symbol, at);
  const [signature] = [...type.getConstructSignatures(), ...type.getCallSignatures()];
  const last = signature?.parameters.at(-1);
  if (last === undefined) return [];
  const given = checker.getTypeOfSymbolAtLocation(last, at);
  const [one] = checker.isTupleType(given) ? checker.getTypeArguments(given as ts.TypeReference) : [given];
  const plain = one && checker.getNonNullableType(one);
  if (plain === undefined || !isPlainObject(plain)) return [];
  const properties = checker.getPropertiesOfType(plain);
  if (!properties.every((property) => property.declarations?.every(isOption))) return [];
  return properties.map((property) => ({
    name: property.name + (property.flags & ts.SymbolFlags.Optional ? "?" : ""),
    type: typeOf(checker, property, at),
    text: ts.displayPartsToString(property.getDocumentationComment(checker)),
  }));
}

const isPlainObject = (type: ts.Type) =>
  (type.flags & ts.TypeFlags.Object || type.isIntersection()) &&
  !((type.getSymbol()?.flags ?? 0) & ts.SymbolFlags.Class) &&
  type.getCallSignatures().length === 0;

const isOption = (declaration: ts.Declaration) => ts.isPropertySignature(declaration);

/** As it is written, since names of types say more than what they stand for. */
function typeOf(checker: ts.TypeChecker, property: ts.Symbol, at: ts.Declaration): string {
  const [declaration] = property.declarations ?? [];
  const written =
    declaration && ts.isPropertySignature(declaration) ? declaration.type?.getText() : undefined;
  return written ?? checker.typeToString(checker.getTypeOfSymbolAtLocation(property, at));
}

/** A table in Markdown; `linkOf` knows the pages of types. */
export function optionsTable(
  options: readonly Option[],
  linkOf: (type: string) => string | undefined,
): string {
  const cell = (text: string) => text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|");
  const rows = options.map(({ name, type, text }) => {
    const link = linkOf(type);
    const shown = link === undefined ? `\`${cell(type)}\`` : `[\`${type}\`](${link})`;
    return `| \`${name}\` | ${shown} | ${cell(text)} |`;
  });
  return ["## Options", "", "| Option | Type | |", "| --- | --- | --- |", ...rows, ""].join("\n");
}

/** An expression of operators: of `x`, of constants with a name, and of numbers. */
export type Term =
  | { readonly kind: "x" }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "constant"; readonly name: string }
  | { readonly kind: "call"; readonly op: string; readonly output: number; readonly inputs: readonly Term[] };

/** Reads `Mul(x, Add(Erf(Div(x, 1.5)), one))`. `Split.1` is the second output. The text is one of ours. */
export function parseTerm(text: string): Term {
  const tokens = text.match(/[\w.-]+|[(),]/g) ?? [];
  let at = 0;
  const parse = (): Term => {
    const token = tokens[at++];
    if (tokens[at] === "(") {
      const [op, output = "0"] = token.split(".");
      const inputs: Term[] = [];
      while (tokens[at] !== ")") {
        at++; // the bracket, or a comma
        inputs.push(parse());
      }
      at++;
      return { kind: "call", op, output: Number(output), inputs };
    }
    if (token === "x") return { kind: "x" };
    const value = Number(token);
    return Number.isNaN(value) ? { kind: "constant", name: token } : { kind: "number", value };
  };
  return parse();
}

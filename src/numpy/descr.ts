import { fail } from "../errors.js";
import type { TensorType } from "../io/tensors.js";
import type { Literal } from "./python-literal.js";

/** The dtypes that both have, by the letter and the bytes that NumPy calls them. */
const types: Readonly<Partial<Record<string, TensorType>>> = {
  ...{ f8: "F64", f4: "F32", f2: "F16", b1: "BOOL" },
  ...{ i8: "I64", i4: "I32", i2: "I16", i1: "I8" },
  ...{ u8: "U64", u4: "U32", u2: "U16", u1: "U8" },
};

/** What to do in NumPy about the dtypes that are no numbers here, by their letters. */
const advice: Readonly<Partial<Record<string, string>>> = {
  O: 'Objects are pickled, and a pickle may run code: it is never read. Save numbers: a.astype("float32").',
  U: "Save the place of each text in a list: np.unique(a, return_inverse=True)[1].",
  S: "Save the place of each text in a list: np.unique(a, return_inverse=True)[1].",
  c: "Save a.real and a.imag.",
  f: 'Save a.astype("float64").',
  M: 'Save a.astype("int64").',
  m: 'Save a.astype("int64").',
  V: 'Save one field at a time: a["name"].',
};

/** A dtype as it stands in a file, and whether its numbers begin with their big end. */
export interface Descr {
  readonly dtype: TensorType;
  readonly isBig: boolean;
}

/** What a header's `descr` means. @throws ChainruleError for a dtype that is no kind of number here */
export function readDescr(who: string, descr: Literal): Descr {
  const expected = "an array of numbers or truths";
  if (typeof descr !== "string") return fail(who, expected, "one of several fields", advice.V);
  const order = /^[<>|=]?/.exec(descr)?.[0] ?? "";
  const name = descr.slice(order.length);
  const dtype = Object.hasOwn(types, name) ? types[name] : undefined;
  if (dtype === undefined) {
    const letter = name[0] ?? "";
    const what = Object.hasOwn(advice, letter) ? advice[letter] : undefined;
    return fail(who, expected, `dtype ${JSON.stringify(descr.slice(0, 40))}`, what);
  }
  return { dtype, isBig: order === ">" };
}

/** The dtype as NumPy writes it on machines of today. @throws ChainruleError for one that it does not have */
export function writeDescr(who: string, dtype: TensorType): string {
  const [name] = Object.entries(types).find(([, type]) => type === dtype) ?? [];
  if (name === undefined)
    return fail(who, "a dtype that NumPy has", dtype, "Write it with writeSafetensors.");
  return name.endsWith("1") ? `|${name}` : `<${name}`;
}

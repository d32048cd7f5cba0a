import { type Dice, joined, partsOf } from "./mutate.js";

/** A tensor as it stands in a file. */
interface Part {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

const NAMES = [
  ...[
    "0.weight",
    "2.0.weight",
    "4.bias",
    "__proto__",
    "constructor",
    "toString",
    "",
    "training",
    "training/",
  ],
  ...["training/optimizer/m", "training/optimizer/__proto__/4.bias", "training/optimizer/u/4.bias"],
  ...["training/callbacks/earlyStopping/4.bias", "training/callbacks/__proto__/4.bias", "training/a/b/c/d"],
];
/** Types of the same width as a float64: the bytes fit, the meaning does not. */
const EIGHT_BYTES = ["F64", "I64", "U64"];
const WIDTHS: Readonly<Record<string, number>> = { F32: 4, F16: 2, BF16: 2, I32: 4, U8: 1, BOOL: 1 };

/**
 * A file whose header is right in itself, offsets and sizes included, with other tensors than its model wants: renamed,
 * gone, twice, of another shape or type, with other numbers. Such files come through to the last checks.
 */
export function mutateTensors(file: Uint8Array, dice: Dice): Uint8Array {
  const { header, data } = partsOf(file);
  const { __metadata__, ...entries } = JSON.parse(header) as Record<string, Entry>;
  const parts = Object.entries(entries).map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [begin, end],
      },
    ]) => {
      return { name, dtype, shape, bytes: data.slice(begin, end) };
    },
  );
  for (let n = 1 + dice.below(2); n > 0 && parts.length > 0; n--) change(parts, dice);
  return put(parts, __metadata__);
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

function change(parts: Part[], dice: Dice): void {
  const at = dice.below(parts.length);
  const part = parts[at];
  const { shape, bytes } = part;
  const size = shape.reduce((product, side) => product * side, 1);
  switch (dice.below(7)) {
    case 0:
      parts.splice(at, 1);
      break;
    case 1:
      parts[at] = { ...part, name: dice.pick(NAMES) };
      break;
    case 2:
      parts.push({ ...part, name: dice.pick(NAMES) });
      break;
    case 3:
      parts[at] = { ...part, shape: dice.pick([[...shape].reverse(), [size], [1, ...shape], [size, 1]]) };
      break;
    case 4: {
      const dtype = dice.pick(Object.keys(WIDTHS));
      parts[at] = { ...part, dtype, bytes: bytes.slice(0, size * WIDTHS[dtype]) };
      break;
    }
    case 5:
      parts[at] = { ...part, dtype: dice.pick(EIGHT_BYTES) };
      break;
    default:
      new Float64Array(bytes.buffer, 0, Math.floor(bytes.length / 8)).fill(
        dice.pick([Number.NaN, Number.POSITIVE_INFINITY, 1e308, -1, -0, 5e-324]),
      );
  }
}

/** Lays the tensors out one behind the other; of two of one name the last counts. */
function put(parts: readonly Part[], metadata: unknown): Uint8Array {
  const unique = [...new Map(parts.map((part) => [part.name, part])).values()];
  let end = 0;
  const entries = unique.map(({ name, dtype, shape, bytes }) => {
    const begin = end;
    end += bytes.length;
    return [name, { dtype, shape, data_offsets: [begin, end] }];
  });
  const header = Object.fromEntries([["__metadata__", metadata], ...entries]);
  return joined(JSON.stringify(header), Uint8Array.from(unique.flatMap(({ bytes }) => [...bytes])));
}

import { fail } from "../errors.js";
import { checkOptions, integer } from "../options.js";
import type { FitOptions } from "./fit-options.js";
import type { Sequential } from "./sequential.js";
import { Team } from "./team.js";

/** Into how many shards a batch is cut for 1, 2 or 4 processes. */
const SHARDS = 4;

/**
 * The processes that `fit` is asked to train in, if it is. @throws ChainruleError for options that do not fit them
 */
export function muster(
  model: Sequential<string>,
  { distribute: collective, shards, ownData = false, ...options }: FitOptions,
): Team | undefined {
  const who = "fit with `distribute`";
  if (collective === undefined) {
    for (const [name, value] of Object.entries({ shards, ownData: ownData || undefined })) {
      if (value !== undefined)
        fail("fit", `\`distribute\` beside \`${name}\``, "none", "Give it await mpi().");
    }
    return undefined;
  }
  const { size } = collective;
  checkOptions(who, { rank: collective.rank, size }, { rank: integer(0), size: integer(1) });
  const cut = shards ?? (SHARDS % size === 0 ? SHARDS : size);
  if (cut % size !== 0) {
    fail(
      who,
      `\`shards\` to be a multiple of the ${size} processes`,
      String(cut),
      `Try ${size * Math.ceil(cut / size)}.`,
    );
  }
  if (ownData) {
    const { batchSize, validationSplit = 0 } = options;
    if (typeof batchSize !== "number" || batchSize < cut) {
      const expected = `a \`batchSize\` of at least ${cut}, a row for each shard, with \`ownData\``;
      fail(who, expected, String(batchSize), "It is the number of rows of all processes together.");
    }
    if (validationSplit > 0)
      fail(who, "no `validationSplit` with `ownData`", String(validationSplit), "Give `validation`.");
  }
  const ownDataOf = ownData ? (options.batchSize as number) : undefined;
  return new Team(model, { collective, shards: cut, ownDataOf });
}

import type { Collective } from "../../distributed/collective.js";
import { fail } from "../../errors.js";
import type { FitOptions } from "../../model/fit-options.js";
import type { Sequential } from "../../model/sequential.js";
import type { Team } from "../../model/team.js";
import { checkOptions, integer } from "../../options.js";
import { Ranks } from "./ranks.js";

/** Into how many shards a batch is cut for 1, 2 or 4 processes. */
const SHARDS = 4;

/**
 * The processes, for one training.
 * @throws ChainruleError for options that do not fit them
 */
export function muster(collective: Collective, model: Sequential<string>, options: FitOptions): Team {
  const { shards, ownData = false, resume } = options;
  const who = "fit with `distribute`";
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
  if (ownData && resume !== undefined && options.stepsPerEpoch !== undefined) {
    // An epoch then begins in the midst of the data, in each process at a place of its own.
    fail(who, "no `stepsPerEpoch` with `resume` and `ownData`", String(options.stepsPerEpoch));
  }
  const ownDataOf = ownData ? (options.batchSize as number) : undefined;
  return new Ranks(model, { collective, shards: cut, ownDataOf, settings: options });
}

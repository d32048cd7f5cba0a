import { unlessAborted } from "../data/unless-aborted.js";
import { fail } from "../errors.js";
import { averagesOf } from "./averages.js";
import { restoreStates } from "./callback-states.js";
import type { EpochEvent, TrainEvent } from "./callbacks.js";
import { expectFiniteParameters } from "./diagnose.js";
import { runEpoch } from "./epoch.js";
import { evaluate } from "./evaluate.js";
import { START } from "./feed.js";
import type { FitPlan } from "./fit-plan.js";
import { validationName } from "./history.js";
import { type PartialEpoch, type Progress, restorer, type Snapshot, takeSnapshot } from "./snapshot.js";
import type { Trainer } from "./trainer.js";
import { turnKeeper } from "./turn.js";

/** Trains as planned. However that ends, the data is closed and every callback told; the first error counts. */
export async function train(trainer: Trainer, plan: FitPlan): Promise<Record<string, number[]>> {
  const { audience, epochs, batches, team } = plan;
  const names = plan.validation ? [...trainer.names, ...trainer.names.map(validationName)] : trainer.names;
  const history = Object.fromEntries(names.map((name) => [name, [] as number[]]));
  const event = { model: trainer.model, epochs, batches, history, validation: plan.held };

  const errors: unknown[] = [];
  const attempt = (work: Promise<unknown>) => work.catch((error) => errors.push(error));
  trainer.join(team);
  await attempt(runEpochs(trainer, plan, event));
  trainer.abandon();
  if (errors.length > 0) team?.abort(errors[0]);
  trainer.join(undefined);
  await attempt(plan.feed.close());
  const end = errors.length === 0 ? event : { ...event, error: errors[0] };
  await audience.tellEach("onTrainEnd", end, attempt);
  if (errors.length > 0) throw errors[0];
  return history;
}

type Event = TrainEvent & { history: Record<string, number[]> };

/** For each epoch: the steps, the validation, the callbacks. */
async function runEpochs(trainer: Trainer, plan: FitPlan, event: Event): Promise<void> {
  const { audience, team } = plan;
  const signal = team === undefined ? plan.signal : undefined;
  const watch = turnKeeper();
  const averages = averagesOf(trainer);
  team?.expectSameTraining(trainer, plan);
  const resumed = await resume(trainer, plan, event.history);
  averages.leave(); // not before: what is refused changes nothing
  let begun = resumed?.progress.partial;
  let stop = await audience.tell("onTrainBegin", event);
  if (resumed !== undefined) {
    restoreStates(audience.all, resumed.callbacks);
    stop ||= resumed.progress.stopped;
  }
  for (let epoch = resumed?.progress.epoch ?? plan.initialEpoch; epoch < plan.epochs && !stop; epoch++) {
    const here = { ...event, epoch };
    if (await audience.tell("onEpochBegin", here)) break;
    const { logs, rows, stopped } = await runEpoch(trainer, plan, {
      ...{ watch, event: here, begun },
      onStep: safePoint(trainer, plan, here),
    });
    begun = undefined;
    expectFiniteParameters(trainer.model);
    team?.expectSameWeights(epoch);
    averages.enter();
    if (plan.validation !== undefined) {
      const validated = await evaluate(trainer, plan.validation, {
        who: "fit validation",
        watch,
        signal,
        team,
      });
      for (const [name, value] of Object.entries(validated)) logs[validationName(name)] = value;
    }
    for (const [name, value] of Object.entries(logs)) event.history[name].push(value);
    stop = (await audience.tell("onEpochEnd", { ...here, rows, logs })) || stopped;
    averages.leave();
    const saved = await safePoint(trainer, plan, { ...event, epoch: epoch + 1 }, logs, stop)?.(0);
    stop ||= saved === true;
  }
  averages.enter();
}

/** Puts everything back where it was, if there is something to go on from. */
async function resume(
  trainer: Trainer,
  plan: FitPlan,
  history: Record<string, number[]>,
): Promise<Snapshot | undefined> {
  const { resume: folder, audience, team } = plan;
  if (folder === undefined) return undefined;
  let snapshot: Snapshot | undefined;
  for (const callback of audience.all) {
    snapshot = (await callback.resume?.(folder, team?.collective)) ?? snapshot;
  }
  if (snapshot === undefined) return undefined;
  const measured = Object.keys(snapshot.progress.history).join(", ");
  const names = Object.keys(history).join(", ");
  if (measured !== names) fail("fit with `resume`", `to measure ${measured}, as before`, names);
  team?.expectResumable(snapshot);
  const restore = restorer(trainer, plan, snapshot);
  await seek(plan, snapshot.progress);
  restore();
  for (const name of Object.keys(history)) history[name].push(...snapshot.progress.history[name]);
  return snapshot;
}

/** Takes the data to where it was. */
async function seek({ feed, shuffle, validation, signal }: FitPlan, progress: Progress): Promise<void> {
  const { partial, place, validations } = progress;
  await unlessAborted(Promise.resolve(validation?.seek({ ...START, pass: validations })), signal);
  if (partial !== undefined) feed.begin(shuffle?.(partial.beganAt));
  const wanted = partial?.place ?? place;
  await unlessAborted(Promise.resolve(feed.seek(wanted)), signal);
  if (partial === undefined || feed.place.pieces === wanted.pieces) return;
  const advice = "It ends in the midst of an epoch: the data can be cut anew between two.";
  const pieces = `${wanted.rows} rows in ${wanted.pieces} batches, as before`;
  fail("fit with `resume`", pieces, String(feed.place.pieces), advice);
}

/** Tells those who save that nothing is under way: in an epoch, or, with its numbers, between two. */
function safePoint(
  trainer: Trainer,
  plan: FitPlan,
  event: EpochEvent,
  logs: Readonly<Record<string, number>> = {},
  stopped = false,
): ((batch: number, part?: () => PartialEpoch) => Promise<boolean>) | undefined {
  if (!plan.audience.listensTo("onSafePoint")) return undefined;
  const { position, random } = trainer.model.context;
  return (batch, part) => {
    const snapshot = () => {
      const partial = part?.();
      const progress: Progress = {
        ...{ key: random.key, step: position.step, epoch: event.epoch, place: plan.feed.nextEpoch },
        ...{
          validations: plan.validation?.place.pass ?? 0,
          cut: plan.cut,
          stopped,
          history: event.history,
          ...(partial && { partial }),
        },
      };
      return takeSnapshot(trainer, plan, progress);
    };
    const isLast = stopped || event.epoch === plan.epochs;
    const { step } = position;
    return plan.audience.tell("onSafePoint", { ...event, batch, step, isLast, logs, snapshot });
  };
}

import { Matrix, Random } from "chainrule";
import { type Built, build } from "./build.js";
import { Course, pieceSize } from "./course.js";
import { measure } from "./measure.js";
import type { Counts, Looked, Point } from "./protocol.js";
import { examplesPerStep, type Settings } from "./settings.js";
import type { Task } from "./task.js";

/** A network in training: a piece of a step at a time, or an example at a time. */
export class Learner {
  readonly built: Built;
  private readonly course: Course;
  private readonly piece: number;
  private x: Matrix;
  private done = 0; // of the step's examples
  private looks = 0; // at examples of it, one by one
  private steps = 0;
  private seen = 0;
  private seconds = 0;

  constructor(
    settings: Settings,
    readonly task: Task,
  ) {
    const count = task.train.x.rows;
    const size = examplesPerStep(settings, count);
    this.piece = pieceSize(size);
    this.built = build(settings, task.inputs, task.outputs, size / this.piece);
    this.course = new Course(count, size, Random.fromSeed(settings.seed).child("order"));
    this.x = Matrix.zeros(this.piece, task.inputs);
  }

  get counts(): Counts {
    return { steps: this.steps, seen: this.seen, seconds: this.seconds };
  }

  /** Works on the next piece of a step. Returns whether that was its last one. */
  advance(): boolean {
    const began = performance.now();
    const { course, built, task } = this;
    const { batch } = course;
    const places = batch.subarray(this.done, this.done + this.piece);
    if (this.x.rows !== places.length) this.x = Matrix.zeros(places.length, task.inputs);
    task.fill(this.x, places, course.pass);
    built.model.trainBatch(this.x, built.targets(labelsAt(task, places)));
    this.done += places.length;
    this.seen += places.length;
    const isLast = this.done === batch.length;
    if (isLast) {
      this.steps++;
      [this.done, this.looks] = [0, 0];
      course.advance();
    }
    this.seconds += (performance.now() - began) / 1000;
    return isLast;
  }

  /** To the end of a step: of that which is under way, or of the next. */
  update(): void {
    while (!this.advance());
  }

  /** To the end of a step that is under way, if one is. */
  finish(): void {
    if (this.done > 0) this.update();
  }

  /**
   * The next example of this step, alone. The weights stay as they are until the step has all of its examples: then they
   * change by the sum of all their gradients, which is the same as adding up one after the other.
   */
  look(): Looked {
    const { course, built, task } = this;
    const of = course.batch.length;
    const places = course.batch.subarray(this.looks, this.looks + 1);
    const x = Matrix.zeros(1, task.inputs);
    task.fill(x, places, course.pass);
    const answer = () => Float32Array.from(built.probabilities(built.model.predict(x)).data);
    const before = answer();
    const labels = labelsAt(task, places);
    const loss = built.loss.mean(built.model.predict(x), built.targets(labels));
    const gathered = ++this.looks;
    const [place] = places;
    if (gathered === of) this.update();
    const after = gathered === of ? { after: answer() } : {};
    return { place, x: Float32Array.from(x.data), label: labels[0], before, ...after, loss, gathered, of };
  }

  /** Where it stands. @throws Error, in a plain sentence, where numbers have left all bounds */
  measure(): Point {
    const train = measure(this.built, this.task.sample);
    const other = measure(this.built, this.task.validation);
    return {
      ...this.counts,
      ...{ trainLoss: train.loss, trainAccuracy: train.accuracy, loss: other.loss, accuracy: other.accuracy },
    };
  }
}

const labelsAt = (task: Task, places: Uint32Array): number[] =>
  Array.from(places, (place) => task.train.labels[place]);

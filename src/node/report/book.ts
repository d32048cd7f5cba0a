import { fail } from "../../errors.js";
import type { EpochEndEvent, EpochEvent, TrainEvent } from "../../model/callbacks.js";
import type { Sequential } from "../../model/sequential.js";
import { rateAt } from "../../schedules/schedule.js";
import { formatShape, sizeOf } from "../../shape.js";
import { type About, aboutOf } from "./about.js";
import { earlierPage } from "./earlier.js";
import { type Entry, earlierEntries, namesOf, seriesOf, shownEntries } from "./entries.js";
import { examine, type Findings } from "./findings.js";
import { HistogramLog } from "./histogram-log.js";
import type { HtmlReportOptions } from "./options.js";
import type { PageData } from "./page-data.js";
import type { Report, State } from "./report.js";
import { firstRows, type Rows } from "./rows.js";

/** Keeps what is known of the trainings that a report is of. */
export class ReportBook {
  /** Whether an epoch has begun in the present fit. */
  hasBegun = false;
  /** The epoch that comes next in it. */
  nextEpoch = 0;
  private entries: Entry[] = [];
  private readonly histograms = new HistogramLog();
  private about: About | undefined;
  private rows: Rows | undefined;
  private findings: Findings | undefined;
  private isExamined = false; // since the last epoch
  private fits = 0;
  private isResumed = false;
  /** What is added to the number of an epoch to have its place on the axis. */
  private offset = 1;
  private began = 0; // the present epoch, in milliseconds
  private rate: number | undefined;
  private table: { readonly labels?: readonly string[]; readonly inputs?: readonly string[] } = {};

  constructor(
    private readonly path: string,
    private readonly options: HtmlReportOptions,
  ) {}

  /** @throws ChainruleError for data or pictures that do not fit the model */
  async beginFit(event: TrainEvent): Promise<void> {
    const { model, history, validation } = event;
    const { data = validation, images, labels } = this.options;
    this.hasBegun = false;
    if (images !== undefined && sizeOf(images) !== model.inputSize) {
      const got = `${formatShape(images)} for rows of ${model.inputSize} numbers`;
      fail("htmlReport", "`images` to be the shape of a row of inputs", got);
    }
    this.rows = data && (await firstRows(data));
    this.findings = undefined;
    if (this.rows !== undefined) {
      const { x, y, areAll } = this.rows;
      examine(model, { x: x.slice(0, 1), y: y.slice(0, 1), areAll }, labels !== undefined); // whether they fit
    }
    this.histograms.begin(model.parameters);
    this.table = tableOf(model);
    this.about = aboutOf(event);
    this.isResumed = Object.values(history).some(({ length }) => length > 0);
    if (this.isResumed) await this.goOn(event);
  }

  /** The page, as training stands. */
  report(state: State): Report {
    const { entries, findings, histograms, options } = this;
    const names = namesOf(entries);
    const shown = shownEntries(entries, names);
    const data: PageData = {
      ...{ format: 1, isRunning: state.name === "running" },
      ...{ x: shown.map(({ x }) => x), fit: shown.map(({ fit }) => fit), series: seriesOf(shown, names) },
      ...{ parameters: histograms.parameters, histograms: histograms.columns, pairs: findings?.pairs ?? [] },
    };
    const { title = "Training report", labels = this.table.labels, images } = options;
    const about = this.about as About;
    return {
      ...{ title, state, written: new Date(), entries, about, findings, data },
      ...{ labels, inputs: this.table.inputs, images },
    };
  }

  /** True if it is the first epoch of its fit. */
  beginEpoch({ epoch, model }: EpochEvent): boolean {
    const isFirst = !this.hasBegun;
    if (isFirst) this.placeFit(epoch, model);
    this.hasBegun = true;
    const { optimizer } = model;
    this.rate = optimizer && rateAt(optimizer.learningRate, optimizer.steps);
    this.nextEpoch = epoch;
    this.began = performance.now();
    return isFirst;
  }

  /** Where the epochs of a fit stand on the axis: behind those of the fits before. */
  private placeFit(epoch: number, { parameters }: Sequential<string>): void {
    const last = this.entries.at(-1);
    if (!this.isResumed) {
      this.fits++;
      this.offset = last === undefined ? 1 : last.x + 1 - epoch;
    }
    if (this.histograms.columns.length === 0) this.histograms.add(epoch + this.offset - 1, parameters, false);
  }

  endEpoch({ epoch, logs, rows, model }: EpochEndEvent): void {
    const seconds = (performance.now() - this.began) / 1000;
    const x = epoch + this.offset;
    this.entries.push({ x, fit: this.fits - 1, logs, rate: this.rate, seconds, rows });
    this.histograms.add(x, model.parameters, true);
    this.nextEpoch = epoch + 1;
    this.isExamined = false;
  }

  /** Tries the model as it is now, if it was not since the last epoch. */
  examine(model: Sequential<string>): void {
    if (this.rows === undefined || this.isExamined) return;
    this.findings = examine(model, this.rows, this.options.labels !== undefined);
    this.isExamined = true;
  }

  /** Takes over the epochs of a training that is resumed, with what the file still knows of them. */
  private async goOn({ history, model }: TrainEvent): Promise<void> {
    const page = await earlierPage(this.path);
    this.entries = earlierEntries(history, page);
    this.fits = 1;
    this.offset = 1;
    const last = this.entries.at(-1)?.x ?? 0;
    this.histograms.begin(model.parameters);
    if (JSON.stringify(page?.parameters) !== JSON.stringify(this.histograms.parameters)) return;
    this.histograms.restore(page?.histograms.filter(({ x }) => x <= last) ?? []);
  }
}

function tableOf({ options: { table } }: Sequential<string>): {
  readonly labels?: readonly string[];
  readonly inputs?: readonly string[];
} {
  if (table === undefined) return {};
  const targets = Object.values(table.options.target ?? {});
  const labels = targets.length === 1 ? targets[0].labels : undefined;
  return { inputs: table.names, ...(labels && { labels }) };
}

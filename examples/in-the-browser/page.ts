/** The page: it starts the worker, draws what it hears, and asks the trained model about the place under the pointer. */
import { Matrix, modelFromBytes, type Sequential } from "chainrule";
import { drawCurve, drawPlane } from "./draw.js";
import type { Command, Report } from "./messages.js";
import { spirals } from "./spirals.js";

const find = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;
const [plane, curve] = [find<HTMLCanvasElement>("plane"), find<HTMLCanvasElement>("curve")];
const [train, stop] = [find<HTMLButtonElement>("train"), find<HTMLButtonElement>("stop")];
const [save, status, point] = [find<HTMLAnchorElement>("save"), find("status"), find("point")];

const points = spirals();
let model: Sequential | undefined;
drawPlane(plane, points);

function setTraining(isTraining: boolean): void {
  train.disabled = isTraining;
  stop.disabled = !isTraining;
}

train.addEventListener("click", () => {
  const worker = new Worker("worker.js", { type: "module" });
  const tell = (command: Command) => worker.postMessage(command);
  const losses: number[] = [];
  let reached = "";

  worker.addEventListener("message", ({ data }: MessageEvent<Report>) => {
    if (data.kind === "progress") {
      const { epoch, accuracy, map } = data;
      losses.push(...data.losses);
      reached = `epoch ${epoch}, loss ${losses[epoch - 1].toFixed(4)}, ${(100 * accuracy).toFixed(1)} % right`;
      status.textContent = `Learning: ${reached}`;
      drawPlane(plane, points, map);
      drawCurve(curve, losses);
      return;
    }
    status.textContent = `${data.wasStopped ? "Stopped" : "Done"}: ${reached}`;
    model = modelFromBytes(data.bytes);
    URL.revokeObjectURL(save.href);
    save.href = URL.createObjectURL(new Blob([data.bytes]));
    save.hidden = false;
    setTraining(false);
    worker.terminate();
  });
  worker.addEventListener("error", ({ message }) => {
    status.textContent = `The worker failed: ${message}`;
    setTraining(false);
  });

  stop.onclick = () => tell("stop");
  setTraining(true);
  tell("train");
});

plane.addEventListener("pointermove", ({ offsetX, offsetY }) => {
  if (model === undefined) return;
  const [x, y] = [offsetX / plane.clientWidth, 1 - offsetY / plane.clientHeight].map(
    (s) => 1.1 * (2 * s - 1),
  );
  const share = model.predict(Matrix.from([[x, y]])).at(0, 0);
  point.textContent = `(${x.toFixed(2)}, ${y.toFixed(2)}) is blue with probability ${share.toFixed(3)}`;
});

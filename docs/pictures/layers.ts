import { Dense, ReLU, Sequential } from "chainrule";
import { colors, drawing, text } from "./drawing.js";
import { places, unit, weights } from "./network.js";

/** Three inputs, four hidden units, two outputs: every line is a weight of a fresh model. */
export function layers(): string {
  const model = new Sequential([new Dense({ units: 4 }), new ReLU(), new Dense({ units: 2 })], {
    input: [3],
    seed: 2,
  });
  const weight = model.getWeights();
  const [input, hidden, output] = places([3, 4, 2], 110, 250, 200, 78);
  const title = "A network of three inputs, four hidden units and two outputs; every line is a weight";
  return drawing(760, 440, title, [
    ...weights(input, hidden, (i, j) => weight["0.weight"].at(i, j)),
    ...weights(hidden, output, (i, j) => weight["2.weight"].at(i, j)),
    ...input.map((place, i) => unit(place, `x${"₁₂₃"[i]}`)),
    ...hidden.map((place, i) => unit(place, `h${"₁₂₃₄"[i]}`, colors[2])),
    ...output.map((place, i) => unit(place, `y${"₁₂"[i]}`)),
    text(110, 34, "inputs [3]", { anchor: "middle", bold: true }),
    text(360, 34, "hidden layer [4]", { anchor: "middle", bold: true }),
    text(610, 34, "output layer [2]", { anchor: "middle", bold: true }),
    text(235, 400, "W [3 × 4], b [4]: 16 parameters", { anchor: "middle" }),
    text(485, 400, "W [4 × 2], b [2]: 10 parameters", { anchor: "middle" }),
    text(360, 428, "blue: a positive weight · orange: a negative one · wide: a large one", {
      anchor: "middle",
      size: 13,
    }),
  ]);
}

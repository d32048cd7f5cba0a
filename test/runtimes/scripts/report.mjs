// Trains on some pictures, and writes a report in which every name is as bad as can be.
import { join } from "node:path";
import { Adam, accuracy, Dense, Matrix, ReLU, Sequential, softmaxCrossEntropy } from "chainrule";
import { htmlReport } from "chainrule/node";

const { folder } = JSON.parse(process.argv[2]);
const evil = `</script><img src=x onerror="console.error('run')">`;
const y = Matrix.zeros(120, 1).map((_, r) => r % 3);
const x = Matrix.zeros(120, 16).map((_, r, c) => ((r * 7 + c * 5) % 11) / 11 + (c % 3 === r % 3 ? 0.3 : 0));
const model = new Sequential([new Dense({ units: 8 }), new ReLU(), new Dense({ units: 3 })], {
  input: [16],
  seed: 3,
}).compile({
  loss: softmaxCrossEntropy(),
  optimizer: new Adam({ learningRate: 0.01 }),
  metrics: [accuracy(), { name: evil, start: () => ({ add() {}, value: () => 0.5 }) }],
});
const path = join(folder, "report.html");
const labels = ["ant", "bee", evil];
const report = htmlReport(path, { title: `Report ${evil}`, images: [4, 4], labels });
const history = await model.fit({ x, y }, { epochs: 7, validationSplit: 0.5, callbacks: [report] });
console.log(JSON.stringify({ path, history }));

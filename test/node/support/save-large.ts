import { Dense, Sequential } from "../../../src/index.js";
import { saveModel } from "../../../src/node/index.js";

const model = new Sequential([new Dense({ units: 500 })], { input: [500] });
await saveModel(model, process.argv[2]).catch(({ message }) => console.log(message));

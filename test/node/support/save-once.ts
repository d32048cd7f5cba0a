import { Dense, Sequential } from "../../../src/index.js";
import { saveModel } from "../../../src/node/index.js";

await saveModel(new Sequential([new Dense({ units: 2 })], { input: [3] }), process.argv[2]);

import { killOften } from "./kills.js";

// npm run soak:kills -- 1000
const count = Number(process.argv[2] ?? 1000);
const { kills, duringSave, trainings, failures } = await killOften(count, 1);
console.log(
  `${kills} kills, ${duringSave} of them in the midst of a save, in ${trainings} trainings: ` +
    (failures.length === 0 ? "no file torn, no checkpoint lost, all final bits equal" : failures.join("; ")),
);
process.exitCode = failures.length === 0 ? 0 : 1;

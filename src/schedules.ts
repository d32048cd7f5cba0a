export * from "./schedules/index.js";

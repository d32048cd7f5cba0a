export { writeConstants } from "./constants";
export { curve } from "./curves";

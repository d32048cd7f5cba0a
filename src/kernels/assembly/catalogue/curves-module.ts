export { constantsEnd, writeConstants } from "./constants";
export { curve } from "./curves";

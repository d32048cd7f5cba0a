import { setNumerics } from "chainrule";

// Loaded before an example, so that its digits are those of the page on every machine and engine.
setNumerics("exact");

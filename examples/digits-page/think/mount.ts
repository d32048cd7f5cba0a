import type { Host, Section, Shown } from "../contracts.js";

export interface ThinkSection extends Section {
  /** Shows what this model makes of a digit. */
  open(model: Shown, name: string): void;
}

export function mount(root: HTMLElement, _host: Host): ThinkSection {
  root.textContent = "Nothing here yet.";
  return { open() {} };
}

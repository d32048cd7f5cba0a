import type { Section } from "../contracts.js";

export function mount(root: HTMLElement): Section {
  root.textContent = "Nothing here yet.";
  return {};
}

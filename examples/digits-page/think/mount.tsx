import { render } from "preact";
import type { Host, Section, Shown } from "../contracts.js";
import { Clock } from "./clock.js";
import { readable } from "./step/readable.js";
import "./think.css";
import { Think } from "./think.js";

export interface ThinkSection extends Section {
  /** Shows what this model makes of a digit. @throws Error, in a plain sentence, for one that does not read digits */
  open(model: Shown, name: string): void;
}

export function mount(root: HTMLElement, _host: Host): ThinkSection {
  const watchers = new Set<() => void>();
  const clock = new Clock(() => {
    for (const moved of watchers) moved();
  });
  const watch = (moved: () => void) => {
    watchers.add(moved);
    return () => watchers.delete(moved);
  };
  let open = (_model: Shown, _name: string) => {};
  const ready = (opener: typeof open) => {
    open = opener;
  };
  render(<Think clock={clock} watch={watch} ready={ready} />, root);
  return {
    open: (model, name) => open(readable(model), name),
    hidden: () => clock.pause(),
  };
}

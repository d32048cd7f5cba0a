import { render } from "preact";
import "uplot/dist/uPlot.min.css";
import type { Host, Section } from "../contracts.js";
import { Learn } from "./learn.js";
import "./learn.css";

export function mount(root: HTMLElement, host: Host): Section {
  let show = (_isShown: boolean) => {};
  render(
    <Learn
      host={host}
      ready={(change) => {
        show = change;
      }}
    />,
    root,
  );
  // Training goes on where nobody looks: who comes back finds it further.
  return { shown: () => show(true), hidden: () => show(false) };
}

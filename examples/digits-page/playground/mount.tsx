import { render } from "preact";
import "uplot/dist/uPlot.min.css";
import type { Section } from "../contracts.js";
import "../learn/learn.css";
import { Playground } from "./playground.js";
import "./playground.css";

export function mount(root: HTMLElement): Section {
  let show = (_isShown: boolean) => {};
  render(
    <Playground
      ready={(change) => {
        show = change;
      }}
    />,
    root,
  );
  return { shown: () => show(true), hidden: () => show(false) };
}

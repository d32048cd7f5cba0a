import { modelFromBytes, modelToBytes, setThreads } from "chainrule";
import type { Host, Mount, Section, Shown } from "./contracts.js";
import { tabs } from "./shell/tabs.js";
import { themeSwitch } from "./shell/theme.js";
import { mount as mountThink, type ThinkSection } from "./think/mount.js";

// One digit at a time is too little work to share, and a strict page forbids the library's own threads.
setThreads(1);

const find = <E extends HTMLElement>(selector: string) => document.querySelector(selector) as E;

/** The parts that take code of their own, which is loaded when they are opened. */
const parts: Readonly<Record<string, () => Promise<{ mount: Mount }>>> = {
  learn: () => import("./learn/mount.js"),
  playground: () => import("./playground/mount.js"),
};

const sections = new Map<string, Section>();
let current = "";

const host: Host = {
  show(model: Shown) {
    // A copy: training may go on with the original.
    think.open(modelFromBytes(modelToBytes(model)), "The model that you trained");
    select("think");
  },
};

async function opened(name: string): Promise<void> {
  if (name === current) return;
  sections.get(current)?.hidden?.();
  current = name;
  const section = sections.get(name);
  if (section !== undefined) return section.shown?.();
  const root = find(`#${name}`);
  try {
    const { mount } = await parts[name]();
    if (!sections.has(name)) sections.set(name, mount(root, host));
  } catch (error) {
    root.textContent = `This part could not be opened: ${(error as Error).message}`;
    throw error;
  }
}

themeSwitch(find("#theme"));
const think: ThinkSection = mountThink(find("#think"), host);
sections.set("think", think);
const select = tabs(find(".tabs"), opened);

import type { Theme } from "vitepress";
import WithoutFonts from "vitepress/theme-without-fonts";
import LiveExample from "./LiveExample.vue";
import "./style.css";

export default {
  extends: WithoutFonts,
  enhanceApp({ app }) {
    app.component("LiveExample", LiveExample);
  },
} satisfies Theme;

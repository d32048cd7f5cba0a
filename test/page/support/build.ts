import { root } from "../../package/support/root.js";
import { run } from "../../package/support/run.js";

/** Builds the page as anybody would who wants to put it on a server. */
export const setup = async (): Promise<void> => {
  await run("npm", ["run", "--silent", "page:build"], root, 300_000);
};

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

/** How a page is served: its headers, by the first part of its address. */
export const policies = {
  plain: {},
  isolated: isolated(),
  "own-scripts-and-wasm": isolated("script-src 'self' 'wasm-unsafe-eval'"),
  "own-scripts": isolated("script-src 'self'"),
  // What any web server can give: nothing shared, nothing from elsewhere, and no text becomes a program.
  static: { "Content-Security-Policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" },
} as const;

export type Policy = keyof typeof policies;

function isolated(policy?: string): Record<string, string> {
  return {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    ...(policy && { "Content-Security-Policy": policy }),
  };
}

const types: Readonly<Record<string, string>> = {
  html: "text/html",
  js: "text/javascript",
  mjs: "text/javascript",
  wasm: "application/wasm",
  css: "text/css",
  svg: "image/svg+xml",
  safetensors: "application/octet-stream",
  bin: "application/octet-stream",
};

/** A server of pages, for this machine alone. */
export interface Site {
  readonly address: (policy: Policy, path: string) => string;
  readonly close: () => void;
}

/** Serves a folder under every policy. */
export async function serve(folder: string): Promise<Site> {
  const server = createServer(async ({ url = "" }, response) => {
    const [, policy, path] = /^\/([\w-]+)\/([\w/.-]+)(\?|$)/.exec(url) ?? [];
    const type = types[path?.split(".").at(-1) ?? ""];
    try {
      if (type === undefined || path.includes("..")) throw new Error("no such file");
      const file = await readFile(join(folder, path));
      response.writeHead(200, { ...policies[policy as Policy], "Content-Type": type }).end(file);
    } catch {
      response.writeHead(url.startsWith("/favicon.ico") ? 204 : 404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: (policy, path) => `http://127.0.0.1:${port}/${policy}/${path}`,
    close: () => void server.close(),
  };
}

// Every script imports this, so that it runs before the library is asked for anything.

const { process, location } = globalThis;

/** What the test asks for: JSON, the first argument of a process or the query of a page. */
export const settings = JSON.parse(process?.argv[2] ?? decodeURIComponent(location.search.slice(1)));

if (settings.withoutWebAssembly) delete globalThis.WebAssembly;

/** Tells the test, which reads one line. */
export const print = (value) => console.log(JSON.stringify(value));

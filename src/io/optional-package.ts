import { ChainruleError } from "../errors.js";

/**
 * What becomes of a package that only some need, where it is not there: `import("fflate").catch(without(who, "fflate"))`.
 * So written, bundlers leave the import to those who come to it.
 * @throws ChainruleError that says how to install it
 */
export function without(who: string, name: string): (cause: unknown) => never {
  return (cause) => {
    const message = `${who} expects the package ${name}, but got none. Run \`npm install ${name}\`.`;
    throw new ChainruleError(message, { cause });
  };
}

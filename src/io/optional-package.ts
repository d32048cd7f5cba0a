import { ChainruleError } from "../errors.js";

/** Loads a package that only some need. @throws ChainruleError that says how to install it */
export async function optionalPackage<T>(who: string, name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const message = `${who} expects the package ${name}, but got none. Run \`npm install ${name}\`.`;
    throw new ChainruleError(message, { cause });
  }
}

/** That of the package, as `package.json` has it, for the files to say what wrote them. */
export const VERSION = "0.1.0";

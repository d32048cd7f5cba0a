/** That of the package, as `package.json` has it, for files to say what wrote them, and processes to compare. */
export const VERSION = "0.1.0";

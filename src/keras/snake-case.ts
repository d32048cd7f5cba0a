/** A class's name as Keras makes names of it: `p_re_lu` of PReLU, `batch_normalization` of BatchNormalization. */
export function snakeCase(type: string): string {
  return type
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/** The numbers of one epoch, or of `evaluate`: the loss and the metrics by name. */
export type Report<M extends string = never> = { loss: number } & { [name in M]: number };

/** A number an epoch under each name; those of the validation data, where there are any, as `validationLoss` … */
export type History<M extends string = never> = { loss: number[] } & { [name in M]: number[] } & {
  validationLoss?: number[];
} & { [name in M as `validation${Capitalize<name>}`]?: number[] };

/** `accuracy` → `validationAccuracy` */
export function validationName(name: string): string {
  return `validation${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

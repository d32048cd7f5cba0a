/** What the process that trains says: after each step its number, and at the end what came out. */
export type Report =
  | { readonly step: number }
  | { readonly loss: readonly number[]; readonly sha256: string };

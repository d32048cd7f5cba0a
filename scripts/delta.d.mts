export declare function makeDelta(from: Uint8Array, to: Uint8Array): Uint8Array;

/** The checksum CRC-32C of bytes, as a number of 32 bits with a sign. */
export type Checksum = (bytes: Uint8Array) => number;

/**
 * Bytes as a record of a TFRecord file: their length and its checksum, they, and theirs.
 * https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details
 */
export function recordOf(bytes: Uint8Array, checksum: Checksum): Uint8Array {
  const record = new Uint8Array(16 + bytes.length);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(bytes.length), true);
  view.setUint32(8, masked(checksum(record.subarray(0, 8))), true);
  record.set(bytes, 12);
  view.setUint32(12 + bytes.length, masked(checksum(bytes)), true);
  return record;
}

/** A checksum of what holds checksums would be weak: so they are turned, and moved. */
function masked(checksum: number): number {
  return (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0;
}

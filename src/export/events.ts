/**
 * TensorBoard's event files, written by hand: records as TensorFlow frames them (length, masked CRC-32C of the length,
 * data, masked CRC-32C of the data), each an Event protocol buffer { wall_time = 1, step = 2, file_version = 3, summary = 5 };
 * a summary's values (1) have a tag (1) and a number as a float (2), or a tensor of text (8) with the name of its plugin (9).
 */
import { maskedCrc32c } from './crc32c.ts';
import { bytes, double, float, int64, message } from './protobuf.ts';

export interface Scalar {
  readonly tag: string;
  readonly value: number;
}

/** `wall` is in seconds since 1970. The first record of a file. */
export const versionEvent = (wall: number): Buffer => record(message(double(1, wall), bytes(3, 'brain.Event:2')));

export function scalarEvent(wall: number, step: number, scalars: readonly Scalar[]): Buffer {
  const values = scalars.map(({ tag, value }) => bytes(1, message(bytes(1, tag), float(2, value))));
  return record(message(double(1, wall), int64(2, step), bytes(5, message(...values))));
}

const DT_STRING = 7;

/** Markdown, in TensorBoard's Text tab. */
export function textEvent(wall: number, tag: string, text: string): Buffer {
  const tensor = message(int64(1, DT_STRING), bytes(2, message()), bytes(8, text)); // a shape without dimensions
  const plugin = bytes(1, message(bytes(1, 'text')));
  const value = message(bytes(1, tag), bytes(9, plugin), bytes(8, tensor));
  return record(message(double(1, wall), int64(2, 0), bytes(5, bytes(1, value))));
}

function record(data: Buffer): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(data.length));
  return Buffer.concat([length, checksum(length), data, checksum(data)]);
}

function checksum(data: Buffer): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(maskedCrc32c(data));
  return bytes;
}

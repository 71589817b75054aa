/**
 * The few wire types of protocol buffers that an event needs: a field is its number and wire type as a varint, then its
 * value. 0: varint, 1: eight bytes, 2: a length and so many bytes, 5: four bytes; numbers little-endian.
 */
export const message = (...fields: Buffer[]): Buffer => Buffer.concat(fields);

export const int64 = (field: number, value: number): Buffer => Buffer.concat([varint(field * 8), varint(value)]);

export function double(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([varint(field * 8 + 1), bytes]);
}

export function float(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([varint(field * 8 + 5), bytes]);
}

/** A string, or a message inside a message. */
export function bytes(field: number, value: string | Buffer): Buffer {
  const inside = Buffer.from(value);
  return Buffer.concat([varint(field * 8 + 2), varint(inside.length), inside]);
}

/** Seven bits a byte, lowest first, the eighth says that more follow. Whole numbers that are not negative. */
export function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}

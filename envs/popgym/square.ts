/** The square row * size + column that an action [row, column] names on a board of size x size; -1 where it names none. */
export function squareOf(action: Int32Array, size: number): number {
  if (!(action instanceof Int32Array) || action.length !== 2) return -1;
  const row = action[0]!;
  const column = action[1]!;
  return row >= 0 && row < size && column >= 0 && column < size ? row * size + column : -1;
}

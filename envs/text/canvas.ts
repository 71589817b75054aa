/** A picture in characters. World coordinates: x to the right, y upwards; what falls outside is not drawn. */
export class Canvas {
  private readonly rows: string[][];
  private readonly xs: readonly [number, number];
  private readonly ys: readonly [number, number];

  /** `width` x `height` characters over the rectangle xs x ys. */
  constructor(width: number, height: number, xs: readonly [number, number], ys: readonly [number, number]) {
    this.rows = Array.from({ length: height }, () => new Array<string>(width).fill(' '));
    this.xs = xs;
    this.ys = ys;
  }

  dot(x: number, y: number, mark: string): this {
    const row = this.rows[place(this.ys[1], this.ys[0], y, this.rows.length)];
    const column = place(this.xs[0], this.xs[1], x, this.rows[0]!.length);
    if (row?.[column] !== undefined) row[column] = mark;
    return this;
  }

  line(x0: number, y0: number, x1: number, y1: number, mark: string): this {
    const dots = 2 * Math.max(this.rows.length, this.rows[0]!.length);
    for (let i = 0; i <= dots; i++) this.dot(x0 + ((x1 - x0) * i) / dots, y0 + ((y1 - y0) * i) / dots, mark);
    return this;
  }

  /** Rows without their trailing blanks. */
  toString(): string {
    return this.rows.map((row) => row.join('').trimEnd()).join('\n');
  }
}

/** The character that x falls on, of `count` between `from` and `to`. */
function place(from: number, to: number, x: number, count: number): number {
  return Math.round(((x - from) / (to - from)) * (count - 1));
}

import type { Tokens } from './tokens.ts';

interface Names {
  readonly actions: readonly string[];
  readonly rows: readonly string[]; // states
  readonly columns: readonly string[]; // states of T, observations of O
}

/** The probabilities of T or of O: one row per action and state. */
export class Table {
  private readonly tokens: Tokens;
  private readonly letter: 'T' | 'O';
  private readonly names: Names;
  private readonly kind: 'state' | 'observation';
  private readonly values: Float64Array; // [actions x rows x columns]
  private readonly lines: Int32Array; // [actions x rows] where a row was last written
  private readonly line: number;

  constructor(tokens: Tokens, letter: 'T' | 'O', names: Names) {
    const { actions, rows, columns } = names;
    this.tokens = tokens;
    this.letter = letter;
    this.names = names;
    this.kind = letter === 'T' ? 'state' : 'observation';
    this.values = new Float64Array(actions.length * rows.length * columns.length);
    this.line = tokens.line;
    this.lines = new Int32Array(actions.length * rows.length);
  }

  /** What follows `T:`. */
  read(tokens: Tokens, start: () => Float64Array): void {
    const { actions, rows, columns } = this.names;
    const { line } = tokens;
    const a = tokens.index('action', actions);
    if (!tokens.hasColon()) return this.fill(a, -1, this.matrix(tokens, start), line);
    const s = tokens.index('state', rows);
    if (!tokens.hasColon()) return this.fill(a, s, this.row(tokens, start), line);
    const column = tokens.index(this.kind, columns);
    const p = tokens.number('a probability');
    this.each(a, s, (at, row) => {
      this.lines[row] = line;
      for (let c = 0; c < columns.length; c++) if (column < 0 || c === column) this.values[at + c] = p;
    });
  }

  /** All rows, made to sum to 1 exactly; a row that is no distribution is named with its line. */
  finish(): Float64Array {
    const { actions, rows, columns } = this.names;
    this.each(-1, -1, (at, row) => {
      const values = this.values.subarray(at, at + columns.length);
      const sum = values.reduce((total, p) => total + p, 0);
      if (Math.abs(sum - 1) > 1e-4 || values.some((p) => p < 0)) {
        const place = `${actions[Math.floor(row / rows.length)]} : ${rows[row % rows.length]}`;
        const what = this.lines[row] === 0 ? 'is missing' : `sums to ${sum}, or has a negative entry`;
        throw this.tokens.error(`the row ${this.letter}: ${place} ${what}`, this.lines[row] || this.line);
      }
      if (sum !== 1) values.forEach((p, c) => (values[c] = p / sum));
    });
    return this.values;
  }

  private row(tokens: Tokens, start: () => Float64Array): (row: number) => ArrayLike<number> {
    const n = this.names.columns.length;
    const word = tokens.peek();
    if (word === 'uniform' || (word === 'reset' && this.letter === 'T')) {
      tokens.next(word);
      const values = word === 'reset' ? start() : new Float64Array(n).fill(1 / n);
      return () => values;
    }
    const values = tokens.numbers(n, `a row of ${this.letter}`);
    return () => values;
  }

  private matrix(tokens: Tokens, start: () => Float64Array): (row: number) => ArrayLike<number> {
    const { rows, columns } = this.names;
    const word = tokens.peek();
    if (word === 'uniform' || word === 'reset') return this.row(tokens, start);
    if (word === 'identity' && rows.length === columns.length) {
      tokens.next(word);
      return (row) => columns.map((_, c) => (c === row ? 1 : 0));
    }
    const all = rows.map(() => tokens.numbers(columns.length, `a row of the matrix ${this.letter}`));
    return (row) => all[row]!;
  }

  private fill(a: number, s: number, values: (row: number) => ArrayLike<number>, line: number): void {
    this.each(a, s, (at, row) => {
      this.lines[row] = line;
      this.values.set(values(row % this.names.rows.length), at);
    });
  }

  /** Every row that an action and a state name, -1 for all. */
  private each(a: number, s: number, visit: (at: number, row: number) => void): void {
    const { actions, rows, columns } = this.names;
    for (let i = 0; i < actions.length; i++) {
      for (let j = 0; j < rows.length; j++) {
        const row = i * rows.length + j;
        if ((a < 0 || a === i) && (s < 0 || s === j)) visit(row * columns.length, row);
      }
    }
  }
}

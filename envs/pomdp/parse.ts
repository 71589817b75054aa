/**
 * Reads Cassandra's .POMDP format (pomdp.org, "POMDP file format"; Cassandra 1998).
 *
 *   discount: g      values: reward | cost      states|actions|observations: a number or names
 *   start: S numbers | uniform | a state        start include: states        start exclude: states
 *   T: a : s : s' p     T: a : s  then a row | uniform | reset      T: a  then a matrix | identity | uniform
 *   O: a : s' : o p     O: a : s'  then a row | uniform              O: a  then a matrix | uniform
 *   R: a : s : s' : o r    R: a : s : s'  then a row over o           R: a : s  then a matrix s' x o
 * `*` stands for all; a later T, O or R overrides an earlier one, the others come once; a row that `reset` fills is the
 * start distribution, which must be known by then.
 * Names may be given as their numbers, from 0. Without a start the first belief is uniform. What is not said is 0.
 * A mistake gives one line with the number of the line in the text.
 */
import { EnvError } from '../errors.ts';
import { describe } from '../guard.ts';
import type { Pomdp } from './model.ts';
import { Rewards } from './rewards.ts';
import { Table } from './table.ts';
import { Tokens } from './tokens.ts';

const mostNames = 1_000_000; // in a list
const mostEntries = 50_000_000; // of T and O together, 400 MB

type Lists = Record<'states' | 'actions' | 'observations', readonly string[]>;

/** A problem in Cassandra's format from its text; an EnvError names the line that cannot be read. */
export function parsePomdp(text: string, name = 'the POMDP'): Pomdp {
  if (typeof text !== 'string') throw new EnvError(`Cannot read ${name}: its text is ${describe(text)}`);
  return new Parser(name, text).read();
}

class Parser {
  private readonly tokens: Tokens;
  private readonly lists: Lists = { states: [], actions: [], observations: [] };
  private discount: number | null = null;
  private sign = 1;
  private start: Float64Array | null = null;
  private readonly firstLines = new Map<string, number>(); // of every keyword that comes once
  private resetLine = 0; // of the first T with a reset
  private tables: { T: Table; O: Table; R: Rewards } | null = null;

  constructor(name: string, text: string) {
    this.tokens = new Tokens(name, text);
  }

  read(): Pomdp {
    const { tokens } = this;
    while (!tokens.isDone) {
      if (!tokens.isStatement()) throw tokens.error(`"${tokens.peek()}" begins no statement`);
      const { line } = tokens;
      this.statement(tokens.next('a statement'), line);
    }
    const { T, O, R } = this.body();
    if (this.discount === null) throw tokens.error('the discount is missing');
    return {
      ...this.lists,
      discount: this.discount,
      start: this.startOf(),
      transition: T.finish(),
      observation: O.finish(),
      reward: (a, s, next, o) => this.sign * R.at(a, s, next, o),
    };
  }

  private statement(keyword: string, line: number): void {
    if (keyword.length > 1) this.once(keyword, line);
    if (keyword === 'start') return this.readStart(line);
    this.tokens.colon();
    if (keyword === 'discount') this.readDiscount();
    else if (keyword === 'values') this.readValues();
    else if (keyword === 'T' || keyword === 'O') this.body()[keyword].read(this.tokens, () => this.resetRow(line));
    else if (keyword === 'R') this.body().R.read(this.tokens);
    else this.readList(keyword as keyof Lists);
  }

  private once(keyword: string, line: number): void {
    const first = this.firstLines.get(keyword);
    if (first !== undefined) throw this.tokens.error(`${keyword} is there twice, first in line ${first}`, line);
    this.firstLines.set(keyword, line);
  }

  private resetRow(line: number): Float64Array {
    this.resetLine ||= line;
    return this.startOf();
  }

  private readDiscount(): void {
    const { line } = this.tokens;
    this.discount = this.tokens.number('the discount');
    if (this.discount < 0 || this.discount > 1)
      throw this.tokens.error(`the discount ${this.discount} is not in [0, 1]`, line);
  }

  private readValues(): void {
    const { line } = this.tokens;
    const word = this.tokens.next('reward or cost');
    if (word !== 'reward' && word !== 'cost') throw this.tokens.error(`values are reward or cost, got ${word}`, line);
    this.sign = word === 'cost' ? -1 : 1;
  }

  private readList(kind: keyof Lists): void {
    const { tokens } = this;
    if (this.tables !== null) throw tokens.error(`${kind} come before the first T, O or R`);
    const { line } = tokens;
    const words: string[] = [];
    while (!tokens.isDone && !tokens.isStatement()) words.push(tokens.next(kind));
    const isCount = words.length === 1 && Number.isFinite(Number(words[0]));
    const count = isCount ? Number(words[0]) : words.length;
    if (count > mostNames) throw tokens.error(`${kind}: ${count} are too many, ${mostNames} is the most`, line);
    if (!Number.isInteger(count) || count < 1)
      throw tokens.error(`${kind}: a positive number or names are wanted`, line);
    const number = words.find((word) => Number.isFinite(Number(word)));
    if (!isCount && number !== undefined) throw tokens.error(`${kind}: ${number} is no name`, line);
    const seen = new Set<string>();
    const twice = words.find((word) => seen.size === seen.add(word).size);
    if (twice !== undefined) throw tokens.error(`${kind}: "${twice}" is there twice`, line);
    this.lists[kind] = isCount ? Array.from({ length: count }, (_, i) => String(i)) : words;
  }

  private readStart(line: number): void {
    const { tokens, lists } = this;
    const n = lists.states.length;
    if (n === 0) throw tokens.error('start comes after the states');
    if (this.resetLine > 0) {
      const where = `that is in line ${this.resetLine}`;
      throw tokens.error(`start comes before the first reset, which it fills: ${where}`, line);
    }
    const mode = tokens.peek() === ':' ? null : tokens.next('include or exclude');
    tokens.colon();
    const belief = new Float64Array(n);
    if (mode !== null) this.readSubset(belief, mode === 'include');
    else if (tokens.peek() === 'uniform') {
      tokens.next('uniform');
      belief.fill(1 / n);
    } else if (this.isStartNumbers(n)) belief.set(tokens.numbers(n, 'start'));
    else belief[this.state()] = 1;
    const sum = belief.reduce((total, p) => total + p, 0);
    if (belief.some((p) => p < 0) || Math.abs(sum - 1) > 1e-4)
      throw tokens.error(`the start probabilities sum to ${sum}`, line);
    this.start = belief.map((p) => p / sum);
  }

  /** One number may name a state: it is one unless there is a single state. */
  private isStartNumbers(n: number): boolean {
    const { tokens } = this;
    if (!tokens.isNumber()) return false;
    const after = tokens.peek(1);
    return n === 1 || (after !== undefined && Number.isFinite(Number(after)));
  }

  private readSubset(belief: Float64Array, isIncluded: boolean): void {
    const chosen = new Set<number>();
    while (!this.tokens.isDone && !this.tokens.isStatement()) chosen.add(this.state());
    const size = isIncluded ? chosen.size : belief.length - chosen.size;
    belief.forEach((_, s) => (belief[s] = chosen.has(s) === isIncluded ? 1 / size : 0));
  }

  private state(): number {
    const { line } = this.tokens;
    const s = this.tokens.index('state', this.lists.states);
    if (s < 0) throw this.tokens.error('one state is wanted, got *', line);
    return s;
  }

  private startOf(): Float64Array {
    const n = this.lists.states.length;
    return this.start ?? new Float64Array(n).fill(1 / n);
  }

  /** The tables, made when all lists must be known. */
  private body(): { T: Table; O: Table; R: Rewards } {
    if (this.tables !== null) return this.tables;
    const { states, actions, observations } = this.lists;
    for (const [kind, list] of Object.entries(this.lists)) {
      if (list.length === 0) throw this.tokens.error(`the ${kind} are missing`);
    }
    const { tokens } = this;
    const [a, s, z] = [actions.length, states.length, observations.length];
    const entries = a * s * (s + z);
    if (entries > mostEntries) {
      const sizes = `${a} actions, ${s} states and ${z} observations`;
      throw tokens.error(`${sizes} make tables of ${entries} entries, ${mostEntries} is the most`);
    }
    this.tables = {
      T: new Table(tokens, 'T', { actions, rows: states, columns: states }),
      O: new Table(tokens, 'O', { actions, rows: states, columns: observations }),
      R: new Rewards({ actions, states, observations }),
    };
    return this.tables;
  }
}

import { EnvError } from '../errors.ts';
import { suggest } from '../nearest.ts';

interface Token {
  readonly text: string;
  readonly line: number;
}

const keywords = new Set(['discount', 'values', 'states', 'actions', 'observations', 'start', 'T', 'O', 'R']);

/** The words of a .POMDP text: a colon is a word, everything from # to the end of a line is none. */
export class Tokens {
  private readonly name: string;
  private readonly all: Token[] = [];
  private at = 0;

  constructor(name: string, text: string) {
    this.name = name;
    text.split(/\r?\n/).forEach((row, i) => {
      const words = row.replace(/#.*/, '').match(/:|[^\s:]+/g) ?? [];
      for (const word of words) this.all.push({ text: word, line: i + 1 });
    });
  }

  /** Line of the next word, or of the last one at the end. */
  get line(): number {
    return (this.all[this.at] ?? this.all.at(-1))?.line ?? 1;
  }
  get isDone(): boolean {
    return this.at >= this.all.length;
  }

  peek(ahead = 0): string | undefined {
    return this.all[this.at + ahead]?.text;
  }

  next(wanted: string): string {
    const token = this.all[this.at];
    if (token === undefined) throw this.error(`the text ends where ${wanted} is wanted`);
    this.at++;
    return token.text;
  }

  colon(): void {
    if (this.peek() !== ':') throw this.error(`a colon is wanted, got ${this.peek() ?? 'the end of the text'}`);
    this.at++;
  }

  /** Takes the colon, if one is next. */
  hasColon(): boolean {
    if (this.peek() !== ':') return false;
    this.at++;
    return true;
  }

  number(wanted: string): number {
    const { line } = this;
    const text = this.next(wanted);
    const value = Number(text);
    if (!Number.isFinite(value)) throw this.error(`${wanted} is wanted, got ${text}`, line);
    return value;
  }

  numbers(count: number, wanted: string): number[] {
    return Array.from({ length: count }, (_, i) => this.number(`number ${i + 1} of ${count} of ${wanted}`));
  }

  isNumber(): boolean {
    return this.peek() !== undefined && Number.isFinite(Number(this.peek()));
  }

  /** Whether a new statement begins here: a keyword and its colon, or `start include`. */
  isStatement(): boolean {
    const [word, after] = [this.peek(), this.peek(1)];
    if (word === undefined || !keywords.has(word)) return false;
    return after === ':' || (word === 'start' && (after === 'include' || after === 'exclude'));
  }

  /** Index of a name or number in a list, -1 for *. */
  index(kind: string, names: readonly string[]): number {
    const { line } = this;
    const word = this.next(`a ${kind}`);
    if (word === '*') return -1;
    const named = names.indexOf(word);
    if (named >= 0) return named;
    const number = Number(word);
    if (Number.isInteger(number) && number >= 0 && number < names.length) return number;
    throw this.error(`there is no ${kind} "${word}", ${suggest(word, names)}`, line);
  }

  error(what: string, line = this.line): EnvError {
    return new EnvError(`Cannot read ${this.name}: line ${line}: ${what}`);
  }
}

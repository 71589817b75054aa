import type { Tokens } from './tokens.ts';

/** One statement: -1 stands for all. */
interface Rule {
  readonly s: number;
  readonly next: number;
  readonly o: number;
  /** One value, or a row over o, or a matrix next x o. */
  readonly values: readonly number[];
}

interface Names {
  readonly actions: readonly string[];
  readonly states: readonly string[];
  readonly observations: readonly string[];
}

/** Rewards as the statements that give them: a table over action, state, state and observation would be mostly empty. */
export class Rewards {
  private readonly names: Names;
  private readonly rules: Rule[][]; // per action, the latest first

  constructor(names: Names) {
    this.names = names;
    this.rules = names.actions.map(() => []);
  }

  /** What follows `R:`. */
  read(tokens: Tokens): void {
    const { actions, states, observations } = this.names;
    const a = tokens.index('action', actions);
    tokens.colon();
    const s = tokens.index('state', states);
    let [next, o] = [-1, -1];
    let values: number[];
    if (!tokens.hasColon()) values = tokens.numbers(states.length * observations.length, 'a matrix of R');
    else {
      next = tokens.index('state', states);
      const isRow = !tokens.hasColon();
      if (!isRow) o = tokens.index('observation', observations);
      values = isRow ? tokens.numbers(observations.length, 'a row of R') : [tokens.number('a reward')];
    }
    this.rules.forEach((rules, i) => (a < 0 || a === i ? rules.unshift({ s, next, o, values }) : undefined));
  }

  at(a: number, s: number, next: number, o: number): number {
    const rules = this.rules[a]!;
    for (let i = 0; i < rules.length; i++) {
      const rule = rules[i]!;
      if ((rule.s >= 0 && rule.s !== s) || (rule.next >= 0 && rule.next !== next) || (rule.o >= 0 && rule.o !== o))
        continue;
      const { values } = rule;
      const n = this.names.observations.length;
      return values.length === 1 ? values[0]! : values[values.length === n ? o : next * n + o]!;
    }
    return 0;
  }
}

/**
 * A bank of stimuli of one length L (Rafiee's `Stimulus`): with its onset at time t a stimulus is 1 on the ticks
 * t .. t+L-1. As in the original, an onset that falls on the very tick of the switching off is missed, so a stimulus
 * is 0 for at least one step between two activations.
 */
export class Stimuli {
  readonly count: number;
  private readonly length: number;
  private readonly onset: Float64Array; // [count] time of the coming activation
  private readonly ticks: Float64Array; // [count] ticks of the current activation; 0 while off

  constructor(count: number, length: number) {
    this.count = count;
    this.length = length;
    this.onset = new Float64Array(count).fill(-1);
    this.ticks = new Float64Array(count);
  }

  /** Everything off, nothing planned. */
  clear(): void {
    this.onset.fill(-1);
    this.ticks.fill(0);
  }

  plan(i: number, time: number): void {
    this.onset[i] = time;
  }

  isOn(i: number): boolean {
    return this.ticks[i] !== 0;
  }

  /** Moves every stimulus to `time` and writes its bit to out[at + i]. */
  tick(time: number, out: Float64Array, at: number): void {
    for (let i = 0; i < this.count; i++) {
      if (this.isOn(i)) this.ticks[i] = this.ticks[i]! >= this.length ? 0 : this.ticks[i]! + 1;
      else if (this.onset[i] === time) this.ticks[i] = 1;
      out[at + i] = this.isOn(i) ? 1 : 0;
    }
  }

  saveNumbers(): number[] {
    return [...this.onset, ...this.ticks];
  }

  loadNumbers(numbers: readonly number[]): void {
    this.onset.set(numbers.slice(0, this.count));
    this.ticks.set(numbers.slice(this.count));
  }
}

/** The numbers of several banks, one after the other. */
export function saveStimuli(banks: readonly Stimuli[]): number[] {
  return banks.flatMap((bank) => bank.saveNumbers());
}

export function loadStimuli(banks: readonly Stimuli[], numbers: readonly number[]): void {
  let at = 0;
  for (const bank of banks) bank.loadNumbers(numbers.slice(at, (at += 2 * bank.count)));
}

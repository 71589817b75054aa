/** A NaN or infinity appeared: names the step and the first array that holds it. The run ends, its data stay. */
export class DivergenceError extends Error {
  override readonly name = 'DivergenceError';
  readonly step: number;
  readonly array: string;

  constructor(step: number, array: string) {
    super(
      `Learning diverged at step ${step}: ${array} is no longer finite; try a smaller step size or gradient clipping`,
    );
    this.step = step;
    this.array = array;
  }
}

/** An environment of one's own in a module, as threads load it: every kind of info, and actions that go wrong. */
import process from 'node:process';
import { createRng, discrete, Env, box, EnvError } from '../../dist/index.js';

export class Moody extends Env {
  metadata = { id: 'moody', cite: null, discount: 0.9, floors: null };
  observationSpace = box(-1, 1, [3]);
  actionSpace = discrete(7);
  rng = createRng(0);
  t = 0;
  mood = 'calm';
  closings = 0;

  constructor({ length = 5 } = {}) {
    super();
    this.length = length;
  }

  reset({ seed, options } = {}) {
    if (seed !== undefined) this.rng = createRng(seed);
    if (options?.mood) this.mood = options.mood;
    this.t = 0;
    return [this.observe(), { episode: true, mood: this.mood }];
  }

  step(action) {
    if (action === 3) throw new EnvError('moody was told to fail');
    if (action === 4) process.exit(7);
    if (action === 5) for (;;);
    this.t++;
    const deep = { t: this.t, where: Float64Array.of(this.t, action) };
    const info = action === 6 ? { f: () => 0 } : this.t % 2 === 0 ? { deep, late: true } : { mood: this.mood };
    const truncated = this.rng.uniform() < 0.1;
    return [this.observe(), this.rng.normal() + action, this.t >= this.length, truncated, info];
  }

  observe() {
    return Float64Array.from({ length: 3 }, () => 2 * this.rng.uniform() - 1);
  }

  shout(word, times) {
    return `${word}!`.repeat(times) + this.mood;
  }
}

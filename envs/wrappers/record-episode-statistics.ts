/**
 * Gymnasium's RecordEpisodeStatistics: the info of an episode's last step has `episode` = { r: its return, l: its
 * length, t: the seconds it took }. The latest of them stay in three queues, which the allocation-free form, that has no
 * info, fills too. Seconds are the one thing here that no seed fixes.
 */
import type { Info, ResetOptions, StepResult, StepTuple } from '../env.ts';
import { EnvError } from '../errors.ts';
import type { AnyEnv } from '../part.ts';
import { type AnyAction, type AnyObservation, Wrapper } from '../wrapper.ts';
import { checkInteger, checkOptions, checkState, isCount, isNumbers } from '../wrapping/checks.ts';

export interface EpisodeStatistics {
  readonly r: number;
  readonly l: number;
  readonly t: number;
}

interface Saved {
  readonly sum: number;
  readonly length: number;
  readonly elapsed: number;
  readonly episodeCount: number;
  readonly returnQueue: readonly number[];
  readonly lengthQueue: readonly number[];
  readonly timeQueue: readonly number[];
}

const isQueue = (value: unknown): boolean => Array.isArray(value) && isNumbers(value, value.length);

export class RecordEpisodeStatistics extends Wrapper {
  static override readonly entryPoint = 'RecordEpisodeStatistics';
  /** Episodes that have ended. */
  episodeCount = 0;
  /** Sums of rewards of the latest episodes, the oldest first. */
  returnQueue: number[] = [];
  /** Steps of the latest episodes. */
  lengthQueue: number[] = [];
  /** Seconds that the latest episodes took. */
  timeQueue: number[] = [];
  private readonly bufferLength: number;
  private readonly statsKey: string;
  private sum = 0;
  private length = 0;
  private startTime = 0;

  constructor(env: AnyEnv, options: { readonly bufferLength?: number; readonly statsKey?: string } = {}) {
    const { bufferLength = 100, statsKey = 'episode' } = checkOptions('RecordEpisodeStatistics', options, [
      'bufferLength',
      'statsKey',
    ]);
    super(env, { bufferLength, statsKey });
    this.bufferLength = checkInteger('record statistics', 'bufferLength', bufferLength, 1);
    this.statsKey = statsKey;
  }

  override reset(options?: ResetOptions): [AnyObservation, Info] {
    const result = this.env.reset(options);
    this.begin();
    return result;
  }

  override step(action: AnyAction): StepTuple<AnyObservation> {
    const [observation, reward, terminated, truncated, info] = this.env.step(action);
    const episode = this.count(reward, terminated || truncated);
    if (episode === null) return [observation, reward, terminated, truncated, info];
    if (this.statsKey in info) {
      throw new EnvError(`Cannot record statistics: the info of ${this.metadata.id} has "${this.statsKey}" already`);
    }
    return [observation, reward, terminated, truncated, { ...info, [this.statsKey]: episode }];
  }

  override resetInto(out: StepResult, options?: ResetOptions): void {
    this.env.resetInto(out, options);
    this.begin();
  }

  override stepInto(action: AnyAction, out: StepResult): void {
    this.env.stepInto(action, out);
    this.count(out.reward, out.terminated || out.truncated);
  }

  private begin(): void {
    this.startTime = performance.now();
    this.sum = 0;
    this.length = 0;
  }

  private count(reward: number, isLast: boolean): EpisodeStatistics | null {
    this.sum += reward;
    this.length++;
    if (!isLast) return null;
    const now = performance.now();
    const episode = { r: this.sum, l: this.length, t: Math.round((now - this.startTime) * 1000) / 1e6 };
    this.startTime = now;
    this.episodeCount++;
    this.push(this.returnQueue, episode.r);
    this.push(this.lengthQueue, episode.l);
    this.push(this.timeQueue, episode.t);
    return episode;
  }

  private push(queue: number[], value: number): void {
    queue.push(value);
    if (queue.length > this.bufferLength) queue.shift();
  }

  protected override saveState(): unknown {
    const { sum, length, episodeCount, returnQueue, lengthQueue, timeQueue } = this;
    const elapsed = performance.now() - this.startTime;
    const queues = { returnQueue: [...returnQueue], lengthQueue: [...lengthQueue], timeQueue: [...timeQueue] };
    return { sum, length, elapsed, episodeCount, ...queues };
  }

  protected override loadState(state: unknown): void {
    const { elapsed, sum, length, episodeCount, ...queues } = checkState<Saved>(state, {
      elapsed: Number.isFinite,
      sum: Number.isFinite,
      length: isCount,
      episodeCount: isCount,
      returnQueue: isQueue,
      lengthQueue: isQueue,
      timeQueue: isQueue,
    });
    Object.assign(this, { sum, length, episodeCount, startTime: performance.now() - elapsed });
    const latest = (queue: readonly number[]): number[] => queue.slice(-this.bufferLength);
    this.returnQueue = latest(queues.returnQueue);
    this.lengthQueue = latest(queues.lengthQueue);
    this.timeQueue = latest(queues.timeQueue);
  }
}

import { createStepChunk, type StepChunk } from '../../src/chunk.ts';
import type { Step } from '../../src/types.ts';

/** Steps of one question as chunks of at most `size`. */
export function chunked(steps: readonly Step[], size: number): StepChunk[] {
  const chunks: StepChunk[] = [];
  for (let at = 0; at < steps.length; at += size) {
    const part = steps.slice(at, at + size);
    const m = part[0]!.observation.length;
    const chunk = createStepChunk(size + 3, m); // with room to spare, as the last chunk of a life has
    chunk.length = part.length;
    part.forEach((s, i) => {
      chunk.observation.set(s.observation, i * m);
      chunk.cumulant[i] = s.cumulant[0]!;
      chunk.discount[i] = s.discount[0]!;
      chunk.start[i] = s.start ? 1 : 0;
      chunk.ratio[i] = s.ratio ?? 1;
    });
    chunks.push(chunk);
  }
  return chunks;
}

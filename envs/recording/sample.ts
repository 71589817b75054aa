import { flag } from './format.ts';
import { StreamReader } from './reader.ts';
import { StreamWriter } from './writer.ts';

const signals = [1, 1, 0, 1, 0, 0, 0, 1]; // of the episodes
const length = 12; // steps of an episode

/** The stream that is replayed where no file is named: eight episodes, the signal of the first row pays at the end. */
export function sampleReader(): StreamReader {
  const pieces: Uint8Array[] = [];
  const writer = new StreamWriter(
    {
      format: 'recorded-stream',
      version: 1,
      id: 'sample',
      discount: 0.9,
      observation: { type: 'f8', size: 2 },
      action: { n: 2, start: 0 },
      block: 128, // all of it
      gzip: true,
    },
    (bytes) => void pieces.push(bytes),
  );
  for (const signal of signals) {
    for (let t = 0; t <= length; t++) {
      const isEnd = t === length;
      const observation = Float64Array.of(t === 0 ? signal : 0, t / length);
      const flags = t === 0 ? flag.start : isEnd ? flag.terminated : 0;
      const discount = t === 0 || isEnd ? 0 : 0.9;
      writer.append({ observation, action: t % 2, reward: isEnd ? signal : 0, discount, flags });
    }
  }
  writer.close();
  const bytes = Buffer.concat(pieces);
  return new StreamReader('the sample', (at, n) => bytes.subarray(at, at + n));
}

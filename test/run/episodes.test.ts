import { expect, it } from 'vitest';
import { createStepChunk, type ReportChunk } from '../../src/chunk.ts';
import { createReportChunk } from '../../src/report-chunk.ts';
import { countEpisodes, type Episode } from '../../src/run/episodes.ts';

/** Steps with these cumulants; a null opens an episode. */
function report(cumulants: readonly (number | null)[]): ReportChunk {
  const chunk = createStepChunk(cumulants.length, 1);
  chunk.length = cumulants.length;
  cumulants.forEach((c, i) => {
    chunk.start[i] = c === null ? 1 : 0;
    chunk.cumulant[i] = c ?? 0;
  });
  return { ...createReportChunk(chunk), length: cumulants.length };
}

const LIFE = [null, 1, 2, null, null, 5, null];
const ENDED = [
  { step: 3, episode: 0, length: 3, return: 3 },
  { step: 4, episode: 1, length: 1, return: 0 },
  { step: 6, episode: 2, length: 2, return: 5 },
];

it('tells each episode when the next one begins, whatever the chunks', () => {
  const found: Episode[] = [];
  countEpisodes((episode) => found.push(episode)).push(report(LIFE));
  expect(found).toEqual(ENDED);
  const apart: Episode[] = [];
  const counter = countEpisodes((episode) => apart.push(episode));
  for (const c of LIFE) counter.push(report([c]));
  expect(apart).toEqual(ENDED);
});

it('goes on from where it was saved', () => {
  const found: Episode[] = [];
  const first = countEpisodes((episode) => found.push(episode));
  first.push(report(LIFE.slice(0, 5)));
  const second = countEpisodes((episode) => found.push(episode));
  second.load(first.save());
  second.push(report(LIFE.slice(5)));
  expect(found).toEqual(ENDED);
});

it('a continuing life has no ends', () => {
  const found: Episode[] = [];
  countEpisodes((episode) => found.push(episode)).push(report([null, 1, 1, 1]));
  expect(found).toEqual([]);
});

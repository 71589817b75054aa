import { expect, test } from 'vitest';
import { inOnePiece } from '../../src/log/stderr-log.ts';

const record = { level: 50, time: 1, run: 'abc/0', event: 'run.failed', msg: 'failed' };
const line = (more: object): string => `${JSON.stringify({ ...record, ...more })}\n`;
const bytes = (text: string): number => Buffer.byteLength(text);

test('a line that a pipe takes in one piece is left as it is', () => {
  const short = line({ err: { message: 'x', stack: 'y'.repeat(3900) } });
  expect(bytes(short)).toBeLessThanOrEqual(4096);
  expect(inOnePiece(short)).toBe(short);
});

test('of a longer one the stack stays on file, and what is longer still says where to look', () => {
  const long = inOnePiece(line({ err: { type: 'E', message: 'x', stack: 'ä'.repeat(2100) } }));
  expect(JSON.parse(long)).toEqual({ ...record, err: { type: 'E', message: 'x' } });
  const endless = inOnePiece(line({ err: { message: 'x'.repeat(5000) } }));
  expect(JSON.parse(endless)).toEqual({ ...record, msg: 'too long a line: see log.ndjson' });
  for (const one of [long, endless]) expect(one.endsWith('\n')).toBe(true);
});

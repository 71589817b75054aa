import { expect, test } from 'vitest';
import { Stimuli } from '../conditioning/stimuli.ts';

function bits(stimuli: Stimuli, from: number, to: number): string {
  const out = new Float64Array(stimuli.count);
  let text = '';
  for (let time = from; time < to; time++) {
    stimuli.tick(time, out, 0);
    text += out[0];
  }
  return text;
}

test('a stimulus with onset t and length L is on at the ticks t .. t + L - 1', () => {
  for (const [length, expected] of [
    [1, '00010000'],
    [3, '00011100'],
  ] as const) {
    const stimuli = new Stimuli(1, length);
    stimuli.plan(0, 3);
    expect(bits(stimuli, 0, 8)).toBe(expected);
  }
});

test('an onset on the tick of the switching off is missed, one a tick later is not', () => {
  const stimuli = new Stimuli(1, 2);
  stimuli.plan(0, 0);
  expect(bits(stimuli, 0, 2)).toBe('11');
  stimuli.plan(0, 2);
  expect(bits(stimuli, 2, 5)).toBe('000');
  stimuli.plan(0, 5);
  expect(bits(stimuli, 5, 7)).toBe('11');
  stimuli.plan(0, 8);
  expect(bits(stimuli, 7, 11)).toBe('0110');
});

test('clear forgets what is on and what is planned', () => {
  const stimuli = new Stimuli(1, 4);
  stimuli.plan(0, 1);
  expect(bits(stimuli, 0, 2)).toBe('01');
  stimuli.clear();
  expect(bits(stimuli, 1, 6)).toBe('00000');
});

test('its numbers carry it over in the middle of an activation', () => {
  const [a, b] = [new Stimuli(2, 4), new Stimuli(2, 4)];
  a.plan(0, 1);
  a.plan(1, 9);
  expect(bits(a, 0, 3)).toBe('011');
  b.loadNumbers(a.saveNumbers());
  expect(bits(b, 3, 12)).toBe(bits(a, 3, 12));
  expect(bits(new Stimuli(2, 4), 3, 12)).toBe('000000000');
});

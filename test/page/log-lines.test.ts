import { describe, expect, it } from 'vitest';
import type { LogPage } from '../../src/dashboard/protocol.ts';
import { below, NO_LINES, onTop, type Shown } from '../../src/page/views/log-lines.ts';

/** Lines of ten bytes each, the newest first; more may lie before them. */
function page(from: number, to: number, next: number | null = from === 0 ? null : from): LogPage {
  const all = Array.from({ length: (to - from) / 10 }, (_, i) => ({ at: to - 10 * (i + 1), bytes: 9 }));
  return { lines: all.map((line) => ({ ...line, record: null, text: 'a' })), next };
}
const places = ({ lines }: Shown): number[] => lines.map(({ at }) => at);

describe('lines of a log on the screen', () => {
  it('are the newest page, then older ones below it', () => {
    const first = onTop(page(20, 40), NO_LINES);
    expect([places(first), first.next]).toEqual([[30, 20], 20]);
    const all = below(page(0, 20), first);
    expect([places(all), all.next]).toEqual([[30, 20, 10, 0], null]);
  });

  it('keep those that were there when newer ones come on top, as many as there were', () => {
    const before = below(page(10, 20), onTop(page(20, 40), NO_LINES));
    expect(places(before)).toEqual([30, 20, 10]);
    const after = onTop(page(30, 50), before);
    expect([places(after), after.next]).toEqual([[40, 30, 20], 20]);
    expect(places(below(page(0, 20), after))).toEqual([40, 30, 20, 10, 0]);
    const same = onTop(page(20, 40), before);
    expect([places(same), same.next]).toEqual([[30, 20, 10], 10]);
  });

  it('begin anew where lines between them are missing', () => {
    const after = onTop(page(60, 80), onTop(page(20, 40), NO_LINES));
    expect([places(after), after.next]).toEqual([[70, 60], 60]);
  });

  it('are a thousand at most, however far back somebody looks', () => {
    let all = onTop(page(49_500, 50_000), NO_LINES);
    for (let end = 49_500; end > 30_000 && all.next !== null; end -= 500) all = below(page(end - 500, end), all);
    expect(places(all)).toEqual(Array.from({ length: 1000 }, (_, i) => 49_990 - 10 * i));
    expect(all.next).toBeNull(); // no room
  });
});

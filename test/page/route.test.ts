import { describe, expect, it } from 'vitest';
import { hrefOf, parseRoute, type Route } from '../../src/page/route.ts';

const routes: Route[] = [
  { view: 'experiments' },
  { view: 'experiment', experiment: 'columnar-td.trace conditioning' },
  { view: 'run', id: 'a.b/0123456789/a seed' },
  { view: 'compare', ids: ['a/0123456789/0', 'b&c/0123456789/1'] },
];

describe('an address', () => {
  it.each(routes)('leads back to its view: $view', (route) => {
    expect(parseRoute(hrefOf(route))).toEqual(route);
  });

  it('without a path leads to the experiments, and with an unknown one to a page that says so', () => {
    for (const hash of ['', '#', '#/']) expect(parseRoute(hash)).toEqual({ view: 'experiments' });
    for (const hash of ['#/run/a', '#/experiment', '#/experiment/a/b', '#/nothing/else'])
      expect(parseRoute(hash)).toEqual({ view: 'unknown' });
  });

  it('with a broken escape is taken as it is', () => {
    expect(parseRoute('#/experiment/50%')).toEqual({ view: 'experiment', experiment: '50%' });
  });
});

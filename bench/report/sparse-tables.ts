/** Sparse nets: every method beside its prediction, and SnAp-2 beside C++. */
import { markdownTable } from '../../src/plots/table.ts';
import type { MethodsResult } from '../cases/methods.ts';
import type { SnapPeersResult } from '../cases/snap-peers.ts';
import { digits, time } from './numbers.ts';

const right = (title: string) => ({ title, align: 'right' as const });

export function methodsTable(results: readonly MethodsResult[]): string {
  const titles = [
    'entries',
    'multiply-adds',
    'time/step',
    'ns/multiply-add',
    'time over predicted',
    'activations',
    'over both',
  ];
  const rows = results.flatMap(({ net, timed }) =>
    timed.map(({ method, measured: [own], overPredicted, activations, overBoth }) => {
      const { cost } = own!.variant;
      return [
        net.name,
        method,
        String(cost.entries),
        String(cost.macsPerStep),
        time(own!.entry.nsPerStep),
        (own!.entry.nsPerStep / cost.macsPerStep).toFixed(3),
        digits(overPredicted),
        String(activations),
        digits(overBoth),
      ];
    }),
  );
  return markdownTable([{ title: 'net' }, { title: 'method' }, ...titles.map(right)], rows);
}

export function snapPeersTable(results: readonly SnapPeersResult[]): string {
  const titles = ['sparsity', 'entries', 'time/step', 'ns/entry', 'csr / ours', 'blocked / ours'];
  const rows = results.map(({ net, size, sparsity, entries, nsPerStep, ratios }) => [
    net.name,
    size,
    `${100 * sparsity} %`,
    String(entries),
    time(nsPerStep),
    (nsPerStep / entries).toFixed(3),
    digits(ratios.csr),
    digits(ratios.blocked),
  ]);
  return markdownTable([{ title: 'net' }, { title: 'units x inputs' }, ...titles.map(right)], rows);
}

/** bench/RESULTS.md: the goals first, then every table. */
import { modules } from '../measure.ts';
import type { Results } from '../results.ts';
import { columnsTable } from './columns-table.ts';
import { goalsTable } from './goals-table.ts';
import { flatLine, growthTable } from './growth-table.ts';
import { denseTable, sparseTable, tbpttTable, threadsTable } from './net-tables.ts';
import { digits, time } from './numbers.ts';

export function report(results: Results, command: string, machine: string): string {
  const { columns, dense, sparse, tbptt, growth, flat, stream, threads } = results;
  const { slopes } = growth;
  const range = [Math.min(...stream.ratios), Math.max(...stream.ratios)].map((value) => value.toFixed(3)).join(' .. ');
  const sections = [
    `<!-- Written by \`${command}\`; do not edit. -->`,
    '# What a step costs',
    `Measured by \`${command}\` on ${machine}.`,
    `Every figure is a median of CPU times in which the variants took turns. A ratio is THEIR time / OURS: above 1 we are
faster. \`reference\` is our own plain TypeScript path; the other peers are described in [peers/README.md](peers/README.md);
\`roofline\` is the least time the machine could need / ours. An empty cell: not measured. f32 throughout.`,
    '## Goals',
    goalsTable(results),
    ...modules().flatMap((simd) => [`## LSTM columns, exact traces: ${simd} module`, columnsTable(columns, simd)]),
    '## Dense nets, SnAp-1, TD(lambda)',
    denseTable(dense),
    '## Sparse nets, SnAp-2 and RTRL, TD(lambda)',
    'Multiply-adds of a whole step, counted by the planner. The GRU has an independent mask per gate.',
    sparseTable(sparse),
    '## Truncated back-propagation, window 10, rolling, LSTM of 32 units and 8 inputs',
    tbpttTable(tbptt),
    '## Growth: LSTM columns with 20 inputs, TD(lambda), deterministic module',
    growthTable(growth),
    `Slopes in logarithmic axes against parameters: time ${slopes.timeInL2.toFixed(3)} where the lines lie in L2,
${slopes.timeToL2.toFixed(3)} in L1 and L2, ${slopes.time.toFixed(3)} over everything; counted operations
${slopes.operations.toFixed(4)}; counted bytes ${slopes.bytes.toFixed(4)}.`,
    flatLine(flat),
    '## One net on two threads, LSTM columns, TD(lambda), wall-clock time',
    threadsTable(threads),
    '## Stream',
    `interact | learn over a plain loop, ${stream.steps} steps of columnar-td in CCN trace patterning, environment included:
${digits(100 * (stream.ratio - 1))} % (ratio ${stream.ratio.toFixed(3)}, ${range}, ${stream.ratios.length} pairs); the loop takes ${time(stream.nsPerStep)} per step.`,
  ];
  return `${sections.join('\n\n')}\n`;
}

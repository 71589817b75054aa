/** bench/RESULTS.md: the goals first, then every table. */
import { modules } from '../measure.ts';
import { GOALS, SPARSE_GOALS } from '../goals.ts';
import type { Results, SparseResults } from '../results.ts';
import { columnsTable } from './columns-table.ts';
import { goalsTable } from './goals-table.ts';
import { flatLine, growthTable } from './growth-table.ts';
import { denseTable, sparseTable, tbpttTable, threadsTable } from './net-tables.ts';
import { digits, time } from './numbers.ts';
import { methodsTable, snapPeersTable } from './sparse-tables.ts';

export function report(results: Results, command: string, machine: string): string {
  const { columns, dense, tbptt, growth, flat, stream, threads } = results;
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
    goalsTable(GOALS, results),
    ...modules().flatMap((simd) => [`## LSTM columns, exact traces: ${simd} module`, columnsTable(columns, simd)]),
    '## Dense nets, SnAp-1, TD(lambda)',
    denseTable(dense),
    ...sparseSections(results),
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

/** What learning sparse nets costs. */
function sparseSections({ sparse, methods, snapPeers }: SparseResults): string[] {
  return [
    '## Sparse nets, SnAp-2 and RTRL, TD(lambda)',
    `Multiply-adds of a whole step, counted by the planner. A gated net has an independent mask per gate, or one mask for all
gates of a unit.`,
    sparseTable(sparse),
    '## Sparse nets, 256 units and 32 inputs, 93.75 %: every method beside its prediction',
    `Multiply-adds and numbers of influence as planned (predicted = counted: \`agent-state run snap-cost\` and its test). "Time
over predicted" is (time / RTRL's time) / (multiply-adds / RTRL's): 1 where time follows the prediction. Activations, the tanh
and logistic functions of a step, are no multiply-adds; "over both" counts each as the multiply-adds of RTRL that take as long,
at ${(methods[0]?.nsPerActivation ?? NaN).toFixed(2)} ns, measured once.`,
    methodsTable(methods),
    '## Sparse nets, SnAp-2 beside C++ (peers/snap.cpp)',
    `The whole step in the same order, checked by its predictions: the influence entry by entry over compressed lists (csr), or
by dense blocks that the compiler vectorises as wide as the machine allows (blocked). ns of the whole step per number of
the influence matrix, deterministic module.`,
    snapPeersTable(snapPeers),
  ];
}

/** The same without the rest, with the goals that they are measured for. */
export function sparseReport(results: SparseResults, command: string, machine: string): string {
  const sections = [
    `<!-- Written by \`${command}\`; do not edit. -->`,
    '# What learning a sparse net costs',
    `Measured by \`${command}\` on ${machine}. Medians of CPU times in which the variants took turns; a ratio is THEIR time / OURS, f32.`,
    goalsTable(SPARSE_GOALS, results),
    ...sparseSections(results),
  ];
  return `${sections.join('\n\n')}\n`;
}

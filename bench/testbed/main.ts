/**
 * Prints the test-bed's table as Markdown: node dist/bench/testbed/main.js [runs]
 * 30 runs take about ten seconds, the 1000 that a comparison needs some five minutes.
 */
import { comparisonTable, measuredTable } from './markdown.ts';
import { SPARSITIES } from './reference.ts';
import { tableRow } from './table.ts';

const runs = Number(process.argv[2] ?? 30);
const rows = SPARSITIES.map((sparsity) => tableRow(sparsity, runs));
console.log(`Gradient estimates on the columnar test-bed, M = 20, k = 5, T = 50, ${runs} runs.\n`);
console.log(measuredTable(rows));
console.log('\nBeside the reference:\n');
console.log(comparisonTable(rows));

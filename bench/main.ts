/**
 * What a step costs, on this machine, beside other ways to do it.
 *   npm run bench                                           all of it, some minutes; writes bench/RESULTS.md
 *   npm run bench -- --quick                                the same file from fewer sizes and shorter samples
 *   npm run bench -- --sparse                               what learning sparse nets costs alone; writes bench/SPARSE.md
 *   npm run --silent bench -- --quick --json                less than a minute; what learners cost, on stdout
 * The Python peers run with the Python that the environment variable PEERS_PYTHON names, else python3. Relaxed SIMD is
 * there from Node 22, before that with `node --experimental-wasm-relaxed-simd dist/bench/main.js`.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { atomicWrite } from '../src/results/atomic-write.ts';
import { columnsCases } from './cases/columns.ts';
import { denseCases } from './cases/dense.ts';
import { growthCase } from './cases/growth.ts';
import { memoryCase } from './cases/memory.ts';
import { methodsCases } from './cases/methods.ts';
import { snapPeersCases } from './cases/snap-peers.ts';
import { SPARSE_NETS, sparseCases } from './cases/sparse.ts';
import { tbpttCase } from './cases/tbptt.ts';
import { threadsCase } from './cases/threads.ts';
import { FULL, QUICK } from './effort.ts';
import { toJson } from './entry.ts';
import { machine } from './machine.ts';
import { progress } from './progress.ts';
import { report, sparseReport } from './report/report.ts';
import { entriesOf, type Learners, type Results } from './results.ts';
import { streamOverhead } from './stream-overhead.ts';

/** Of this repository; the file runs from dist/bench. */
const place = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, json: { type: 'boolean' }, sparse: { type: 'boolean' } },
});
const effort = values.quick ? QUICK : FULL;
const begin = Date.now();

const learners = async (): Promise<Learners> => ({
  columns: await columnsCases(place('bench/peers'), place('dist/bench/peers'), effort),
  dense: await denseCases(effort),
  sparse: await sparseCases(effort, effort.isQuick ? SPARSE_NETS.slice(0, 2) : SPARSE_NETS),
  tbptt: await tbpttCase(effort),
});

const beside = () => snapPeersCases(place('bench/peers'), place('dist/bench/peers'), effort);

/** Memory first, in a process that holds little yet. */
const everything = async (): Promise<Results> => ({
  flat: await memoryCase(effort),
  ...(await learners()),
  snapPeers: await beside(),
  methods: await methodsCases(effort),
  growth: await growthCase(effort),
  stream: await streamOverhead(effort),
  threads: await threadsCase(effort),
});

if (values.json) {
  console.log(toJson(entriesOf(await learners())));
} else if (values.sparse) {
  const results = { snapPeers: await beside(), sparse: await sparseCases(effort), methods: await methodsCases(effort) };
  const command = `npm run bench -- --sparse${values.quick ? ' --quick' : ''}`;
  atomicWrite(place('bench/SPARSE.md'), sparseReport(results, command, machine()));
} else {
  const command = `npm run bench${values.quick ? ' -- --quick' : ''}`;
  atomicWrite(place('bench/RESULTS.md'), report(await everything(), command, machine()));
}
progress(`${((Date.now() - begin) / 1000).toFixed(0)} s`);

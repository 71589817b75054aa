/**
 * Writes docs/step-sizes.md: every rule of src/step-sizes with what its file's header says and what the study
 * step-size-sensitivity measured, whose results it reads. npm run step-sizes
 */
import { copyFileSync, readFileSync } from 'node:fs';
import { createRng } from '@rl-tools/envs';
import { markdownTable } from '../src/plots/table.ts';
import { listParts, loadPart } from '../src/registry.ts';
import { atomicWrite } from '../src/results/atomic-write.ts';
import type { StepSizeRule } from '../src/types.ts';

const PAGE = 'docs/step-sizes.md';
const STUDY = 'results/step-size-sensitivity';

interface Row {
  readonly rule: string;
  readonly alpha?: number;
  readonly meta?: number;
  readonly mean: number | null;
  readonly diverged: number;
}

const { tables } = JSON.parse(readFileSync(`${STUDY}/summary.json`, 'utf8')) as { tables: { rows: Row[] }[] };
const rows = tables[0]!.rows;

/** The comment that a file begins with, without its stars. */
function header(id: string): string {
  const [, text = ''] = /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(`src/step-sizes/${id}.ts`, 'utf8')) ?? [];
  return text
    .split('\n')
    .map((line) => line.replace(/^ \*( |$)/, ''))
    .join('\n')
    .trim();
}

async function ruleOf(id: string): Promise<StepSizeRule | null> {
  const vector = (): Float64Array => new Float64Array(1);
  const head = { name: 'head' as const, weights: vector(), gradient: vector(), features: vector() };
  const part = await loadPart('step-sizes', id);
  return part.create(part.options.parse({}), createRng(0), { groups: [head] });
}

/** The least error, and the largest over step sizes a hundred times apart: what not knowing the scale costs. */
function measured(id: string): string[] {
  const own = rows.filter(({ rule }) => rule === id);
  const means = own.map(({ mean, diverged }) => (diverged > 0 || mean === null ? Infinity : mean));
  if (means.length === 0) return ['-', '-'];
  const worst = Math.max(...means);
  return [Math.min(...means).toFixed(2), Number.isFinite(worst) ? worst.toFixed(2) : 'diverges'];
}

const ids = listParts('step-sizes');
const summaries = await Promise.all(
  ids.map(async (id) => {
    const rule = await ruleOf(id);
    const what = rule?.headOnly ? 'head' : 'head, cell';
    const path = rule?.kernel ? 'compiled' : 'reference';
    return [`[\`${id}\`](#${id})`, (await loadPart('step-sizes', id)).summary, what, path, ...measured(id)];
  }),
);
const sections = ids.map((id) => `## ${id}\n\n\`\`\`text\n${header(id)}\n\`\`\`\n`);
const guide = readFileSync('bench/step-sizes-guide.md', 'utf8').trim();
const table = markdownTable(
  [
    ...['rule', 'what it is', 'moves', 'path'].map((title) => ({ title })),
    ...['best', 'worst'].map((title) => ({ title, align: 'right' as const })),
  ],
  summaries,
);

copyFileSync(`${STUDY}/heat-map.svg`, 'docs/pictures/step-size-sensitivity.svg');
atomicWrite(
  PAGE,
  `# Step-size rules

${guide}

## The rules

Written by \`npm run step-sizes\` from the files and from \`agent-state run step-size-sensitivity\` (the tracking task of
IDBD, 9,000 examples, one seed): mean squared error of the last third at the best meta step size, for the best and for the
worst of the first step sizes .001, .01 and .1. Saying 0 costs 5, knowing which inputs matter 1.4. "Compiled": it has a
kernel, swift-td where it moves the head alone (\`headRule\`).

${table}

![error against first step size and meta step size, rule by rule](pictures/step-size-sensitivity.svg)

${sections.join('\n')}`,
);

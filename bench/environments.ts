/**
 * Writes docs/environments.md from the environments themselves: what their files' headers say, their spaces, floors,
 * options and a look at those that render. npm run environments
 */
import { readFileSync } from 'node:fs';
import {
  type AnyEnv,
  type BitFloors,
  createRng,
  type EnvPart,
  listEnvs,
  loadEnv,
  makeEnv,
  optionNames,
} from '@rl-tools/envs';
import { markdownTable } from '../src/plots/table.ts';
import { atomicWrite } from '../src/results/atomic-write.ts';

const PAGE = 'docs/environments.md';

const intro = (count: number): string => `# Environments

The ${count} environments of [@rl-tools/envs](../envs/README.md), written by \`npm run environments\` from their files: the
header of each is its specification. All are synchronous and seeded (\`useRng\` or the option \`rng\` chooses NumPy's
generators, under which the discrete ones equal their Python originals seed for seed), save and load bit by bit, and keep
the contract of \`checkEnv\`. Floors are mean squared return errors of a predictor that says 0, of the best constant, of
one that knows the time but not the pattern, and of one that knows all that can be known. Where classes are foretold, bits
per prediction are those of who knows the frequencies, of who knows the latest observation, and of who knows all.

Any registered Gymnasium environment runs too, as \`python/<id>\`; your own is a file:
[adding a part](adding-a-part.md#an-environment).
`;

/** The first comment of a file, without its stars. */
function header(id: string): string {
  const [, text = ''] = /\/\*\*([\s\S]*?)\*\//.exec(readFileSync(`envs/tasks/${id}.ts`, 'utf8')) ?? [];
  return text
    .split('\n')
    .map((line) => line.replace(/^ \*( |$)/, ''))
    .join('\n')
    .trim();
}

/** author (year), title: what docs/references.bib says of a key. */
function source(key: string | null): string {
  if (key === null) return 'this project';
  const bib = readFileSync('docs/references.bib', 'utf8');
  const [entry = ''] = new RegExp(String.raw`@\w+\{${key},[\s\S]*?\n\}`).exec(bib) ?? [];
  const field = (name: string): string => new RegExp(String.raw`\b${name} = \{(.*)\},?\n`).exec(entry)?.[1] ?? '';
  const authors = field('author')
    .split(' and ')
    .map((name) => name.split(',')[0]);
  const who = authors.length > 2 ? `${authors[0]} et al.` : authors.join(' and ');
  return `${who} (${field('year')}), ${field('title').replace(/[{}]/g, '')}`;
}

function facts(part: EnvPart, env: AnyEnv): string {
  const { discount, floors, delay, classes, bits } = env.metadata;
  const figures = floors === null ? null : [floors.zero, floors.constant, floors.timing, floors.ideal];
  const names = ['zero', 'constant', 'timing', 'ideal'];
  const shown = figures?.flatMap((value, i) => (value === null ? [] : [`${names[i]} ${Number(value.toPrecision(4))}`]));
  return [
    ['observation', env.observationSpace.toString()],
    ['action', env.actionSpace.toString()],
    ...(discount === null ? [] : [['discount', String(Number(discount.toPrecision(6)))]]),
    ...(delay === undefined ? [] : [['delay', `up to ${delay} steps`]]),
    ...(shown ? [[`floors (${floors!.target})`, shown.join(', ')]] : []),
    ...(classes ? [['classes', String(classes.length)]] : []),
    ...(bits ? [['bits per prediction', costs(bits)]] : []),
    ...(part.aliases ? [['also', part.aliases.map(({ id }) => id).join(', ')]] : []),
    ['source', source(part.cite)],
  ]
    .map(([name, text]) => `- ${name}: ${text}`)
    .join('\n');
}

function costs({ order0, order1, ideal }: BitFloors): string {
  const known = [['order 0', order0] as const, ['order 1', order1] as const, ['ideal', ideal] as const];
  return known.flatMap(([name, bits]) => (bits === null ? [] : [`${name} ${bits.toFixed(4)}`])).join(', ');
}

function options(part: EnvPart): string {
  const shape = (part.options as { shape?: Record<string, { description?: string }> }).shape ?? {};
  const defaults = part.options.parse({}) as Record<string, unknown>;
  const rows = optionNames(part).map((name) => {
    return [`\`${name}\``, `\`${JSON.stringify(defaults[name])}\``, shape[name]?.description ?? ''];
  });
  if (rows.length === 0) return '';
  return markdownTable([{ title: 'option' }, { title: 'default' }, { title: 'what it is' }], rows);
}

const fenced = (text: string): string => ['```text', text, '```'].join('\n');

/** What it looks like some steps in; '' where it does not render. */
function sketch(env: AnyEnv): string {
  if (!env.render) return '';
  const rng = createRng('sketch');
  env.reset({ seed: 0 });
  for (let t = 0; t < 3; t++) {
    const [, , terminated, truncated] = env.step(env.actionSpace.sample(rng));
    if (terminated || truncated) env.reset();
  }
  return fenced(env.render().trimEnd());
}

async function section(id: string): Promise<string> {
  const part = await loadEnv(id);
  let env: AnyEnv | null = null;
  try {
    env = await makeEnv(id);
  } catch {
    // One that needs an option, such as a file, shows what it takes.
  }
  const parts = [
    `## ${id}`,
    `${part.summary}.`,
    env ? facts(part, env) : `- source: ${source(part.cite)}`,
    fenced(header(id)),
    env ? sketch(env) : '',
    options(part),
  ];
  env?.close();
  return parts.filter((text) => text !== '').join('\n\n');
}

const ids = listEnvs();
const sections: string[] = [];
for (const id of ids) sections.push(await section(id));
const contents = ids.map((id) => `[${id}](#${id})`).join(' · ');
atomicWrite(PAGE, [intro(ids.length), contents, ...sections].join('\n\n') + '\n');

/** What the site is made of, and the pages that it writes itself: every part with its options, and linked source files. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, posix } from 'node:path';
import { z } from 'zod';
import { type Kind, KINDS } from '../../src/kinds.ts';
import { markdownTable } from '../../src/plots/table.ts';
import { listParts, loadPart } from '../../src/registry.ts';
import { cited, referencesPage } from './bibliography.ts';
import { headerOf, legible } from './comments.ts';

const ROOT = ['README.md', 'CHANGELOG.md'];
const FOLDERS = ['docs', 'docs/decisions', 'envs', 'experiments', 'bench', 'bench/peers'];
/** A chapter that a command puts into a page of docs/. */
const FRAGMENTS = ['bench/step-sizes-guide.md'];

export function documents(): string[] {
  const inFolders = FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .map((name) => posix.join(folder, name)),
  );
  return [...ROOT, ...inFolders.filter((path) => !FRAGMENTS.includes(path))].sort();
}

const LANGUAGES: Readonly<Record<string, string>> = {
  '.ts': 'ts',
  '.mjs': 'js',
  '.js': 'js',
  '.sh': 'bash',
  '.py': 'python',
  '.cpp': 'cpp',
  '.h': 'cpp',
  '.bib': 'bibtex',
};

/** Sources that documents link to, and all recipes: path in the repository -> page written into `folder`. */
export function writeSourcePages(folder: string): Map<string, string> {
  const pages = new Map<string, string>();
  const agents = readdirSync('agents').map((name) => `agents/${name}`);
  for (const path of [...agents, ...documents().flatMap(linkedFrom)]) {
    const language = LANGUAGES[extname(path)];
    if (!language || pages.has(path) || !existsSync(path)) continue;
    const page = join(folder, 'source', `${path}.md`);
    write(page, `# ${path}\n\n\`\`\`\`${language}\n${readFileSync(path, 'utf8')}\`\`\`\`\n`);
    pages.set(path, page);
  }
  return pages;
}

function linkedFrom(document: string): string[] {
  const links = readFileSync(document, 'utf8').matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)/g);
  return [...links].map(([, target]) => posix.join(posix.dirname(document), target!));
}

const TITLES: Readonly<Record<Kind, string>> = {
  cells: 'Cells',
  estimators: 'Estimators',
  features: 'Features',
  heads: 'Heads',
  'step-sizes': 'Step-size rules',
  growth: 'Growth',
};

const REFERENCES = '../references.md';

/** A page for each kind of part: what the header of every file says, and its options. */
export async function writePartPages(folder: string): Promise<void> {
  for (const kind of KINDS) {
    const ids = listParts(kind);
    const contents = ids.map((id) => `[${id}](#${id})`).join(' · ');
    const sections = await Promise.all(ids.map((id) => section(kind, id)));
    const intro = `What each file under \`src/${kind}\` says of itself, and the options it takes.`;
    const page = [`# ${TITLES[kind]}`, intro, contents, ...sections].join('\n\n');
    write(join(folder, 'parts', `${kind}.md`), `${page}\n`);
  }
  write(join(folder, 'references.md'), referencesPage());
}

async function section(kind: Kind, id: string): Promise<string> {
  const { cite, summary, options } = await loadPart(kind, id);
  const header = headerOf(readFileSync(`src/${kind}/${id}.ts`, 'utf8'));
  const source = cite === '' ? [] : [`Source: ${cited(cite, REFERENCES)}.`];
  return [`## ${id}`, `${summary}.`, legible(header), ...source, optionTable(options)]
    .filter((text) => text !== '')
    .join('\n\n');
}

interface OptionSchema {
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly enum?: readonly unknown[];
}

function optionTable(options: z.ZodType): string {
  const schema = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' });
  const rows = Object.entries((schema.properties ?? {}) as Record<string, OptionSchema>).map(([name, option]) => [
    `\`${name}\``,
    'default' in option ? `\`${JSON.stringify(option.default)}\`` : '',
    rangeOf(option),
    option.description ?? '',
  ]);
  if (rows.length === 0) return 'No options.';
  return markdownTable([{ title: 'option' }, { title: 'default' }, { title: 'takes' }, { title: 'what it is' }], rows);
}

const LIMIT = 1e9; // beyond it a bound is that of the number type

function rangeOf(option: OptionSchema): string {
  if (option.enum) return option.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
  const within = (value: number | undefined): value is number => value !== undefined && Math.abs(value) < LIMIT;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = option;
  const least = within(exclusiveMinimum) ? `> ${exclusiveMinimum}` : within(minimum) ? `>= ${minimum}` : '';
  const most = within(exclusiveMaximum) ? `< ${exclusiveMaximum}` : within(maximum) ? `<= ${maximum}` : '';
  return [least, most].filter((bound) => bound !== '').join(', ');
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

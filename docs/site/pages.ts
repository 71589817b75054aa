/** Which page stands where: the title, address and place in the navigation of every document of the site. */
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { DocumentReflection, ProjectReflection } from 'typedoc';

/** The navigation, in its order. A document that is not named here stands in the last section. */
const SECTIONS: readonly (readonly [title: string, documents: readonly string[]])[] = [
  ['Begin', ['README.md', 'docs/playground.md', 'docs/notation.md', 'experiments/README.md']],
  [
    'Learners',
    [
      'docs/estimators.md',
      'docs/dynamic-sparsity.md',
      'docs/step-sizes.md',
      'docs/heads.md',
      'docs/stacks.md',
      'docs/growth.md',
      'docs/minibatches.md',
      'docs/characters.md',
      'docs/compiled-path.md',
      'docs/browser.md',
    ],
  ],
  ['Environments', ['envs/README.md', 'docs/environments.md']],
  [
    'Experiments',
    ['docs/experiments-at-scale.md', 'docs/sweeps.md', 'docs/cluster.md', 'docs/dashboard.md', 'docs/log-records.md'],
  ],
  ['Extend', ['docs/adding-a-part.md']],
  ['Look up', ['references.md', 'CHANGELOG.md']],
];
const PARTS = 'Parts, one by one';
const DECISIONS = 'Decisions';
const SPEED = 'Speed';
const SOURCES = 'Sources';
const OTHER = 'More';
const FOLDED = [PARTS, SPEED, DECISIONS, SOURCES];

export interface Page {
  readonly document: DocumentReflection;
  readonly path: string; // in the repository, or among the pages written for the site
  readonly section: string;
}

/** Titles that say more among others than a file's own heading does. */
const TITLES: Readonly<Record<string, string>> = {
  'README.md': 'First steps',
  'experiments/README.md': 'What was found',
  'envs/README.md': 'The package of environments',
  'bench/RESULTS.md': 'Time per step',
  'bench/SPARSE.md': 'Sparse nets',
};

/** Names every document by its first heading and links the sources' paths to their pages. */
export function placePages(project: ProjectReflection, written: string, sources: ReadonlyMap<string, string>): Page[] {
  const pageOf = new Map([...sources].map(([path, page]) => [resolve(page), path]));
  return (project.documents ?? []).map((document) => {
    const file = project.files.getReflectionPath(document)!;
    const source = pageOf.get(file);
    if (source) project.files.registerReflectionPath(resolve(source) as typeof file, document);
    const path = file.startsWith(resolve(written)) ? relative(resolve(written), file) : relative(process.cwd(), file);
    document.name = TITLES[path] ?? titleOf(file);
    for (const part of document.content) if (part.kind === 'text') part.text = part.text.replaceAll(REMARK, '');
    const section = sectionOf(path);
    document.relevanceBoost = section === SOURCES ? 0.3 : 3; // in search, against names of the API
    return { document, path, section };
  });
}

const REMARK = /<!--[\s\S]*?-->\n?/g; // for who edits the file

function titleOf(file: string): string {
  const [, title = file] = /^# (.+)$/m.exec(readFileSync(file, 'utf8')) ?? [];
  return title.replaceAll('`', '');
}

function sectionOf(path: string): string {
  if (path.startsWith('parts/')) return PARTS;
  if (path.startsWith('source/')) return SOURCES;
  if (path.startsWith('docs/decisions/')) return DECISIONS;
  if (path.startsWith('bench/')) return SPEED;
  return SECTIONS.find(([, documents]) => documents.includes(path))?.[0] ?? OTHER;
}

interface Section {
  readonly title: string;
  readonly folded: boolean;
  readonly pages: readonly Page[];
}

/** Sections with their pages, as they follow one another. */
export function navigation(pages: readonly Page[]): Section[] {
  const named = SECTIONS.flatMap(([, documents]) => documents);
  const place = ({ path }: Page): number => (named.includes(path) ? named.indexOf(path) : Infinity);
  return [...SECTIONS.map(([title]) => title), OTHER, ...FOLDED].map((title) => ({
    title,
    folded: FOLDED.includes(title),
    pages: pages
      .filter(({ section }) => section === title)
      .sort((a, b) => compare(place(a), place(b)) || compare(a.path, b.path)),
  }));
}

const compare = <T>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** Where a document's page lies in the site, without its extension. */
export function addressOf(path: string): string {
  if (path === 'README.md') return 'docs/readme';
  const address = path.replace(/(\.md)+$/, '').replace(/\/README$/, '/index');
  return address.startsWith('docs/') ? address : `docs/${address.toLowerCase()}`;
}

/**
 * The directions of imports (design, section 9) and a few laws of the house, checked on sources as text, so that a test
 * can feed it a file that breaks them. Paths are relative to the repository.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';

export type Sources = ReadonlyMap<string, string>; // path -> text

const FOLDERS = ['src', 'agents', 'experiments', 'envs'];
const KINDS = ['cells', 'estimators', 'features', 'heads', 'step-sizes', 'growth'];
const MOST_LINES = 300;

export function readSources(): Map<string, string> {
  const paths = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => posix.join(folder, path)),
  ).filter(
    (path) =>
      /\.tsx?$/.test(path) && !path.endsWith('vite.config.ts') && !/(^|\/)(node_modules|dist|test)\//.test(path),
  );
  return new Map(paths.sort().map((path) => [path, readFileSync(path, 'utf8')]));
}

interface Import {
  readonly target: string; // a path of this repository, or a package
  readonly type: boolean; // gone after compilation
}

/** What a file says: its imports, and the nodes that some laws forbid. */
interface Parsed {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly saysAny: boolean;
  readonly usesMathRandom: boolean;
}

const parsed = new Map<string, Parsed>(); // a controlled breach changes one file of many

function parse(path: string, text: string): Parsed {
  const key = `${path}\n${text}`;
  const known = parsed.get(key) ?? parseAnew(path, text);
  parsed.set(key, known);
  return known;
}

function parseAnew(path: string, text: string): Parsed {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const imports: Import[] = [];
  let [saysAny, usesMathRandom] = [false, false];
  const add = (specifier: string, type: boolean): void => {
    const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier;
    imports.push({ target, type });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    }
    if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, node.isTypeOnly);
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [first] = node.arguments;
      if (first && ts.isStringLiteral(first)) add(first.text, false);
    }
    if (node.kind === ts.SyntaxKind.AnyKeyword) saysAny = true;
    if (ts.isPropertyAccessExpression(node) && node.getText(file) === 'Math.random') usesMathRandom = true;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { path, lines: text.split('\n').length - 1, imports, saysAny, usesMathRandom };
}

/** `from` must not import `to`; `typesToo`: not even a type of it. */
interface Rule {
  readonly says: string;
  readonly from: RegExp;
  readonly to: RegExp;
  readonly typesToo?: boolean;
}

const kind = `src/(?:${KINDS.join('|')})/`;
const upper = '(?:src/(?:stream|run|cli|log|results|plots)|agents|experiments)/';
const wiring = 'src/(?:learner|registry|assemble|agent|options|planner|checkpoint|interaction|experiment|index|merge)';

const RULES: readonly Rule[] = [
  { says: 'envs is a leaf', from: /^envs\//, to: /^(?:src|agents|experiments)\/|^agent-state/, typesToo: true },
  { says: 'envs does without streams and logs', from: /^envs\//, to: /^(?:rxjs|pino)/, typesToo: true },
  {
    says: 'rxjs belongs to src/stream and src/run',
    from: /^(?!envs\/|src\/(?:stream|run)\/)/,
    to: /^rxjs/,
    typesToo: true,
  },
  { says: 'pino belongs to src/log', from: /^(?!src\/log\/)/, to: /^pino/, typesToo: true },
  { says: 'a part knows no other part', from: new RegExp(`^${kind}`), to: new RegExp(`^${kind}`), typesToo: true },
  {
    says: 'a part does not know who uses it',
    from: new RegExp(`^${kind}`),
    to: new RegExp(`^${wiring}|^${upper}`),
    typesToo: true,
  },
  { says: 'a part needs no machine', from: new RegExp(`^${kind}`), to: /^node:/ },
  { says: 'types import no part', from: /^src\/types\.ts$/, to: /^src\// },
  { says: 'the learner is below streams, runs and recipes', from: /^src\/[^/]+\.ts$/, to: /^src\/(?:run|cli)\// },
  {
    says: 'streams are below runs and recipes',
    from: /^src\/stream\//,
    to: /^(?:src\/(?:run|cli|log)|agents|experiments)\//,
  },
  {
    says: 'evaluation, audits, statistics and plots are below runs',
    from: /^src\/(?:evaluation|audit|statistics|plots|results|log)\//,
    to: /^src\/(?:stream|run|cli)\/|^src\/learner/,
  },
  { says: 'runs are below the command line', from: /^src\/run\//, to: /^src\/cli\// },
  {
    says: 'clusters are above results and below the command line',
    from: /^src\/cluster\//,
    to: /^src\/(?:run|cli|stream|experiment|learner)/,
  },
  {
    says: 'of clusters, a run knows the scratch disk',
    from: /^src\/(?!cluster\/|cli\/)/,
    to: /^src\/cluster\/(?!scratch\.ts)/,
  },
  { says: 'reports are below the command line', from: /^src\/report\//, to: /^src\/cli\// },
  {
    says: 'nothing but the command line makes reports',
    from: /^(?:src\/(?!report\/|cli\/|dashboard\/)|agents\/|experiments\/)/,
    to: /^src\/report\//,
    typesToo: true,
  },
  {
    says: 'exports are below the command line and above runs',
    from: /^src\/export\//,
    to: /^src\/(?:cli|report)\//,
    typesToo: true,
  },
  {
    says: 'nothing but the command line and the dashboard exports',
    from: /^(?:src\/(?!export\/|cli\/|dashboard\/)|agents\/|experiments\/)/,
    to: /^src\/export\//,
    typesToo: true,
  },
  { says: 'the dashboard is below the command line', from: /^src\/dashboard\//, to: /^src\/cli\//, typesToo: true },
  {
    says: 'nothing but the command line opens a dashboard',
    from: /^(?:src\/(?!dashboard\/|cli\/|page\/)|agents\/|experiments\/)/,
    to: /^src\/dashboard\//,
    typesToo: true,
  },
  {
    says: 'of the system a page in a browser knows types, and what was made for browsers',
    from: /^src\/page\//,
    to: /^(?:node:|src\/(?!page\/|playground\/|browser\/))/,
  },
  {
    says: 'nothing imports a page',
    from: /^(?:src\/(?!page\/)|agents\/|experiments\/)/,
    to: /^src\/page\//,
    typesToo: true,
  },
  {
    says: 'a browser has no machine underneath',
    from: /^(?:src\/(?:browser|playground)|envs\/browser)\b/,
    to: /^node:|^src\/(?:run|cli|results|log|plots|report|export|cluster|dashboard)\/|^src\/(?:registry|kernels\/module)\.ts/,
  },
  {
    says: "what a browser has in a file's place is put there by the bundler",
    from: /^(?:src\/(?!browser\/|playground\/)|agents\/|experiments\/)/,
    to: /^src\/(?:browser|playground)\//,
    typesToo: true,
  },
  { says: 'a recipe is data', from: /^agents\//, to: /^(?!src\/agent\.ts$)/, typesToo: true },
  {
    says: 'an experiment does not stream',
    from: /^experiments\//,
    to: /^rxjs|^src\/(?:stream|run|cli|learner)/,
    typesToo: true,
  },
  {
    says: 'experiments are below runs',
    from: /^src\/experiment\//,
    to: /^src\/(?:stream|run|cli|learner|plots)/,
    typesToo: true,
  },
];

/** Every breach, one line each; none for a clean house. */
export function violations(sources: Sources): string[] {
  const files = [...sources].map(([path, text]) => parse(path, text));
  return [
    ...RULES.flatMap((rule) => files.flatMap((file) => breaches(rule, file))),
    ...cycles(files),
    ...learnerClosure(files),
    ...browserClosure(files),
    ...files.flatMap(laws),
  ];
}

function breaches({ says, from, to, typesToo = false }: Rule, { path, imports }: Parsed): string[] {
  if (!from.test(path)) return [];
  const found = imports.filter(({ target, type }) => (typesToo || !type) && target !== path && to.test(target));
  return found.map(({ target }) => `${path} imports ${target}: ${says}`);
}

function laws({ path, lines, saysAny, usesMathRandom }: Parsed): string[] {
  return [
    ...(lines > MOST_LINES ? [`${path} has ${lines} lines: ${MOST_LINES} are the most`] : []),
    ...(saysAny ? [`${path} says any`] : []),
    ...(usesMathRandom ? [`${path} uses Math.random: randomness is passed in`] : []),
  ];
}

const graphOf = (files: readonly Parsed[]): Map<string, string[]> =>
  new Map(files.map(({ path, imports }) => [path, imports.filter(({ type }) => !type).map(({ target }) => target)]));

/** Depth-first; a file met again on its own way down closes a cycle. */
function cycles(files: readonly Parsed[]): string[] {
  const graph = graphOf(files);
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (path: string, way: readonly string[]): void => {
    const at = way.indexOf(path);
    if (at >= 0) found.push(`${[...way.slice(at), path].join(' -> ')} is a cycle`);
    if (at >= 0 || done.has(path)) return;
    for (const target of graph.get(path) ?? []) walk(target, [...way, path]);
    done.add(path);
  };
  for (const path of graph.keys()) walk(path, []);
  return found;
}

/** All that a file loads, itself included; `instead`: files that stand in others' places. */
function closure(files: readonly Parsed[], root: string, instead: ReadonlyMap<string, string> = new Map()): string[] {
  const graph = graphOf(files);
  const seen = new Set<string>();
  const walk = (asked: string): void => {
    const path = instead.get(asked) ?? asked;
    if (seen.has(path)) return;
    seen.add(path);
    graph.get(path)?.forEach(walk);
  };
  walk(root);
  return [...seen];
}

/** The learner and all that it loads runs anywhere: no Node, no registry, no streams, no logs, no schemas. */
function learnerClosure(files: readonly Parsed[]): string[] {
  const foreign = /^node:|^rxjs|^pino|^zod|^src\/(?:registry|run|cli|stream|log|results)/;
  const found = closure(files, 'src/learner.ts').filter((path) => foreign.test(path));
  return found.map((path) => `src/learner.ts loads ${path}: it runs anywhere`);
}

/** What a browser loads, with the files that package.json puts in others' places. */
function browserClosure(files: readonly Parsed[]): string[] {
  const { browser } = JSON.parse(readFileSync('package.json', 'utf8')) as { browser: Record<string, string> };
  const source = (path: string): string => path.replace(/^\.\/dist\/(.*)\.js$/, '$1.ts');
  const instead = new Map(Object.entries(browser).map(([from, to]) => [source(from), source(to)]));
  return ['src/browser/index.ts', 'envs/browser.ts'].flatMap((root) => {
    const found = closure(files, root, instead).filter((path) => path.startsWith('node:'));
    return found.map((path) => `${root} loads ${path}: a browser has none`);
  });
}

/**
 * npm run docs: the site in site/, or in the folder that is named, from the Markdown of this repository and the docstrings
 * of both packages, by TypeDoc (docs/decisions/0006-documentation-site.md). Whatever is wrong with it, such as a link that
 * leads nowhere, fails.
 */
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Application } from 'typedoc';
import { deadLinks } from './dead-links.ts';
import { docstrings } from './docstrings.ts';
import { finish } from './finish.ts';
import { placePages } from './pages.ts';
import { documents, writePartPages, writeSourcePages } from './sources.ts';
import { site, SiteRouter, SiteTheme } from './theme.ts';

const SITE = process.argv[2] ?? 'site';
const WRITTEN = 'dist/site-pages';
const PLAYGROUND = 'dist/playground';

/** What is wrong with the site that was built; nothing, if all went well. */
async function build(): Promise<string[]> {
  rmSync(WRITTEN, { recursive: true, force: true });
  await writePartPages(WRITTEN);
  const sources = writeSourcePages(WRITTEN);
  const app = await Application.bootstrapWithPlugins(options());
  docstrings(app);
  app.renderer.defineRouter('site', SiteRouter);
  app.renderer.defineTheme('site', SiteTheme);
  const project = await app.convert();
  if (!project) return ['the sources do not compile'];
  site.pages = placePages(project, WRITTEN, sources);
  site.playground = existsSync(PLAYGROUND);
  app.validate(project);
  await app.generateDocs(project, SITE);
  cpSync('docs/site/theme.js', join(SITE, 'assets/theme.js'));
  finish(SITE);
  if (site.playground) cpSync(PLAYGROUND, join(SITE, 'playground'), { recursive: true });
  const warned = app.logger.hasErrors() || app.logger.hasWarnings() ? ['TypeDoc warned, see above'] : [];
  return [...deadLinks(SITE), ...warned];
}

const options = (): Parameters<typeof Application.bootstrapWithPlugins>[0] => ({
  name: 'agent-state',
  entryPoints: ['src/index.ts', 'envs/index.ts'],
  tsconfig: 'docs/site/tsconfig.json',
  skipErrorChecking: true, // `npm run build` has just compiled the same files
  readme: 'docs/site/front-page.md',
  projectDocuments: [...documents(), `${WRITTEN}/**/*.md`],
  router: 'site',
  theme: 'site',
  customCss: 'docs/site/style.css',
  favicon: 'docs/site/favicon.svg',
  disableSources: true,
  disableGit: true,
  excludePrivate: true,
  excludeInternal: true,
  excludeExternals: true,
  includeVersion: true,
  hideGenerator: true,
  githubPages: false,
  visibilityFilters: {},
  navigation: { includeFolders: false },
  searchInComments: true,
  searchInDocuments: true,
  headings: { readme: false, document: false },
  markdownItOptions: { html: false, linkify: false },
  highlightLanguages: [
    'typescript',
    'javascript',
    'tsx',
    'html',
    'css',
    'yaml',
    'python',
    'bash',
    'json',
    'dockerfile',
    'cpp',
    'bibtex',
    'tex',
  ],
  ignoredHighlightLanguages: ['text', 'sh'],
  validation: { invalidLink: true, invalidPath: true, notDocumented: true, notExported: false, rewrittenLink: true },
  requiredToBeDocumented: ['Class', 'Function', 'Interface', 'TypeAlias', 'Variable', 'Method', 'Accessor'],
  packagesRequiringDocumentation: ['agent-state', '@rl-tools/envs'], // by default the first alone
  treatWarningsAsErrors: true,
});

const wrong = await build();
for (const problem of wrong) console.error(problem);
if (wrong.length > 0) process.exitCode = 1;
else console.log(`${SITE}/index.html`);

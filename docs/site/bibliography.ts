/** docs/references.bib as a page of the site: one section per key, so that a part can point at its source. */
import { readFileSync } from 'node:fs';

const FILE = 'docs/references.bib';

interface Entry {
  readonly key: string;
  readonly field: (name: string) => string;
}

function entries(): Entry[] {
  return [...readFileSync(FILE, 'utf8').matchAll(/^@\w+\{([^,]+),\n([\s\S]*?)^\}/gm)].map(([, key, body]) => ({
    key: key!,
    field: (name) => {
      const [, value = ''] = new RegExp(String.raw`^\s*${name} = \{(.*)\},?$`, 'm').exec(body!) ?? [];
      return value
        .replace(/\\["'^~`]\{?(\w)\}?/g, '$1')
        .replace(/[{}]/g, '')
        .replaceAll('--', '–');
    },
  }));
}

/** Javed et al. (2023) */
function byline({ field }: Entry): string {
  const names = field('author')
    .split(' and ')
    .map((name) => name.split(',')[0]!);
  const who = names.length > 2 ? `${names[0]} et al.` : names.join(' and ');
  return `${who} (${field('year')})`;
}

/** [Javed et al. (2023)](<page>#key); the key alone where the file does not have it. */
export function cited(key: string, page: string): string {
  const entry = entries().find((one) => one.key === key);
  return entry ? `[${byline(entry)}](${page}#${key.toLowerCase()}), ${entry.field('title')}` : key;
}

export function referencesPage(): string {
  const sections = entries().map(({ key, field }) => {
    const authors = field('author')
      .split(' and ')
      .map((name) => name.split(', ').reverse().join(' '))
      .join(', ');
    const where = ['journal', 'booktitle', 'school', 'institution', 'publisher'].map(field).find((text) => text !== '');
    const volume = [field('volume'), field('number') && `(${field('number')})`].join('');
    const told = [where, volume, field('pages'), field('year'), field('note')].filter((text) => text).join(', ');
    const [arxiv] = /\d{4}\.\d{4,5}/.exec(`${field('journal')} ${field('note')} ${field('eprint')}`) ?? [];
    const link = arxiv ? ` [arXiv](https://arxiv.org/abs/${arxiv})` : '';
    return `## ${key}\n\n${authors}. *${field('title')}*. ${told}.${link}\n`;
  });
  return `# References\n\nWhat parts, environments and experiments cite, from \`${FILE}\`.\n\n${sections.join('\n')}`;
}

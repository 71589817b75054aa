/** The same report as Markdown, its pictures in files beside it. */
import { markdownTable } from '../plots/table.ts';
import type { Block, Document } from './document.ts';

export function markdownPage({ title, blocks }: Document): string {
  return `${[`# ${escapeMarkdown(title)}`, ...blocks.map(block)].join('\n\n')}\n`;
}

function block(one: Block): string {
  switch (one.kind) {
    case 'heading':
      return `${'#'.repeat(one.level)} ${escapeMarkdown(one.text)}`;
    case 'text':
      return escapeMarkdown(one.text);
    case 'warning':
      return `> **Note:** ${escapeMarkdown(one.text)}`;
    case 'list':
      return one.items.map((item) => `- ${escapeMarkdown(item)}`).join('\n');
    case 'code':
      return one.lines.map((line) => `    ${line.replaceAll('\n', ' ')}`).join('\n');
    case 'table':
      return markdownTable(
        one.columns,
        one.rows.map((row) => row.map((cell) => cell.replaceAll('<', '&lt;'))),
      );
    case 'picture':
      return `![${escapeMarkdown(one.title)}](${encodeURI(one.file)})`;
  }
}

/** What Markdown would read as markup in a line of prose; an underscore inside a word is none. */
const escapeMarkdown = (words: string): string =>
  words
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replaceAll('<', '&lt;')
    .replace(/[\\*`[\]]/g, '\\$&');

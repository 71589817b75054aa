/** A report as one HTML file that needs nothing else: pictures and style inside, no scripts, no network. */
import type { Column } from '../plots/table.ts';
import type { Block, Document, Picture } from './document.ts';

export function htmlPage({ title, blocks }: Document): string {
  const body = blocks.map(block).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeHtml(title)}</title>
<style>
${STYLE}
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${body}
</body>
</html>
`;
}

/** Whatever comes from files is text, never markup. */
export function escapeHtml(words: string): string {
  return words.replace(/[&<>"']/g, (letter) => ENTITIES[letter]!);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function block(one: Block, index: number): string {
  switch (one.kind) {
    case 'heading':
      return `<h${one.level}>${escapeHtml(one.text)}</h${one.level}>`;
    case 'text':
      return `<p>${escapeHtml(one.text)}</p>`;
    case 'warning':
      return `<p class="warning">${escapeHtml(one.text)}</p>`;
    case 'list':
      return `<ul>\n${one.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('\n')}\n</ul>`;
    case 'code':
      return `<pre><code>${one.lines.map(escapeHtml).join('\n')}</code></pre>`;
    case 'table':
      return tableOf(one.columns, one.rows);
    case 'picture':
      return figure(one, index);
  }
}

function tableOf(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cell = (tag: 'th' | 'td', words: string, i: number): string =>
    `<${tag}${columns[i]!.align === 'right' ? ' class="right"' : ''}>${escapeHtml(words)}</${tag}>`;
  const line = (cells: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${cells.map((words, i) => cell(tag, words, i)).join('')}</tr>`;
  const head = line(
    columns.map(({ title }) => title),
    'th',
  );
  const body = rows.map((row) => line(row, 'td')).join('\n');
  return `<div class="wide"><table>\n<thead>${head}</thead>\n<tbody>\n${body}\n</tbody>\n</table></div>`;
}

function figure({ title, file, svg }: Picture, index: number): string {
  const named = svg.replace(/^[^]*?<svg/, `<svg role="img" aria-label="${escapeHtml(title)}"`);
  return `<figure>${apart(named, `p${index}-`)}<figcaption>${escapeHtml(`${title} (${file})`)}</figcaption></figure>`;
}

/** Every picture numbers its clip paths from the start; in one page their names must differ. */
function apart(svg: string, prefix: string): string {
  return svg
    .replace(/(<[^>]*\sid=")([^"]*)"/g, `$1${prefix}$2"`)
    .replace(/url\(#/g, `url(#${prefix}`)
    .replace(/(<[^>]*href="#)/g, `$1${prefix}`);
}

const STYLE = `body { font: 15px/1.5 sans-serif; color: #1a1a1a; background: white; max-width: 1100px; margin: 2em auto; padding: 0 1.5em; }
h1 { font-size: 1.6em; } h2 { font-size: 1.25em; margin-top: 2em; border-bottom: 1px solid #ccc; } h3 { font-size: 1.05em; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25em .7em; border-bottom: 1px solid #ddd; vertical-align: top; } td:first-child { white-space: nowrap; }
th { border-bottom: 2px solid #888; vertical-align: bottom; } .right { text-align: right; white-space: nowrap; }
figure { margin: 1.2em 0; break-inside: avoid; } figure svg { max-width: 100%; height: auto; }
figcaption { font-size: 12px; color: #555; }
.warning { border-left: 4px solid #D55E00; padding: .3em .8em; background: #fdf3ec; }
pre { background: #f5f5f5; padding: .7em; overflow-x: auto; font-size: 12.5px; white-space: pre-wrap; overflow-wrap: anywhere; }
@media print { body { max-width: none; margin: 0; font-size: 11px; } table { font-size: 9px; } tr, pre { break-inside: avoid; } }`;

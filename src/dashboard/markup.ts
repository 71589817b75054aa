/** HTML in which every value is text: whatever comes from a file or a log can never become markup. */
import { escapeHtml } from '../report/html.ts';

const MARKUP = Symbol('markup');

export interface Markup {
  readonly [MARKUP]: string;
}

type Value = Markup | string | number | null | readonly Markup[];

export function html(words: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const all = words.map((word, i) => word + (i < values.length ? shown(values[i]!) : ''));
  return { [MARKUP]: all.join('') };
}

function shown(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return MARKUP in value ? value[MARKUP] : value.map((one) => one[MARKUP]).join('\n');
}

export function page(title: string, body: Markup): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/plain.css" />
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html> `[MARKUP];
}

export function table(
  columns: readonly string[],
  rows: readonly (readonly (Markup | string | number | null)[])[],
): Markup {
  const head = columns.map((name) => html`<th scope="col">${name}</th>`);
  const body = rows.map(
    (row) =>
      html`<tr>
        ${row.map((cell) => html`<td>${cell}</td>`)}
      </tr>`,
  );
  return html`<div class="wide" tabindex="0">
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}

export const STYLE = `:root { color-scheme: light dark; background: Canvas; color: CanvasText; }
body { font: 15px/1.5 sans-serif; max-width: 1100px; margin: 2em auto; padding: 0 1em; }
h1 { overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25em .8em; border-bottom: 1px solid #8888; vertical-align: top; white-space: nowrap; }
pre { overflow-x: auto; font-size: 13px; white-space: pre-wrap; overflow-wrap: anywhere; }
figure { margin: 1em 0; } img { max-width: 100%; height: auto; background: white; }
form { align-items: center; display: flex; flex-wrap: wrap; gap: .8em; margin: 1em 0; }
`;

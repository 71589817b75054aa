/** A report before it is HTML or Markdown: a title and blocks of plain text, nothing of which is markup yet. */
import type { Column } from '../plots/table.ts';

export interface Picture {
  readonly kind: 'picture';
  readonly file: string; // <name>.svg beside the report
  readonly title: string;
  readonly svg: string;
  readonly spec: string | null; // its Vega-Lite specification
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string; readonly level: 2 | 3 }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'warning'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly lines: readonly string[] }
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] }
  | Picture;

export interface Document {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export const heading = (text: string, level: 2 | 3 = 2): Block => ({ kind: 'heading', text, level });
export const text = (words: string): Block => ({ kind: 'text', text: words });
export const warning = (words: string): Block => ({ kind: 'warning', text: words });
export const list = (items: readonly string[]): Block[] => (items.length === 0 ? [] : [{ kind: 'list', items }]);
export const code = (lines: readonly string[]): Block[] => (lines.length === 0 ? [] : [{ kind: 'code', lines }]);
export const table = (columns: readonly Column[], rows: readonly (readonly string[])[]): Block => {
  return { kind: 'table', columns, rows };
};

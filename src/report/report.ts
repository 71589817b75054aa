/** What every report has: a page, the tables for a terminal, and all its numbers. */
import type { Document } from './document.ts';
import type { Table } from './experiment-tables.ts';

export interface Report {
  readonly document: Document;
  readonly json: object;
  readonly tables: readonly (Table & { readonly title: string })[];
}

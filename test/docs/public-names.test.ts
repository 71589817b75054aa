/** Every name that the two packages give away says what it is. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headerOf } from '../../docs/site/comments.ts';
import { type ExportedName, exportedNames } from '../support/exported-names.ts';

const source = (path: string): string => readFileSync(path, 'utf8');

/** A file's header describes the export that the file is named after. */
const isHeaded = ({ name, file }: ExportedName, read: typeof source): boolean =>
  basename(file, '.ts').replaceAll('-', '').toLowerCase() === name.toLowerCase() && headerOf(read(file)) !== '';

const mute = (entry: string, read = source): string[] =>
  exportedNames(entry, read)
    .filter((one) => one.doc === '' && !isHeaded(one, read))
    .map(({ name }) => name);

describe('every exported name has a docstring', () => {
  it.each(['src/index.ts', 'envs/index.ts'])('of %s', (entry) => {
    expect(exportedNames(entry).length).toBeGreaterThan(100);
    expect(mute(entry)).toEqual([]);
  });

  it('and one without is found, wherever it comes from', () => {
    const files: Record<string, string> = {
      'index.ts':
        "export { told, untold } from './a.ts';\nexport type * from './b.ts';\nexport * from './time-limit.ts';",
      'a.ts':
        '/** Says what it is. */\nexport const told = 1;\nexport function untold(): void {}\nexport const more = 2;',
      'b.ts': "import type { C } from './other.ts';\nexport type { C };",
      'other.ts':
        "/** A file about something else. */\nimport { z } from 'zod';\nexport interface C { readonly n: number }",
      'time-limit.ts': "/** The header of a file. */\nimport { z } from 'zod';\nexport class TimeLimit {}",
    };
    const read = (path: string): string => files[path]!;
    expect(exportedNames('index.ts', read).map(({ name }) => name)).toEqual(['told', 'untold', 'C', 'TimeLimit']);
    expect(mute('index.ts', read)).toEqual(['untold', 'C']);
  });
});

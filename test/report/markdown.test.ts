import { expect, it } from 'vitest';
import { heading, list, table, text, warning } from '../../src/report/document.ts';
import { markdownPage } from '../../src/report/markdown.ts';

it('a page of Markdown has pictures in files, and no markup from files', () => {
  const page = markdownPage({
    title: 'A *question*',
    blocks: [
      heading('Two'),
      text('a <script> and [a link](x)'),
      warning('careful'),
      ...list(['one']),
      table([{ title: 'cell' }], [['<b> | c']]),
      { kind: 'code', lines: ['agent-state report x'] },
      { kind: 'picture', file: 'the curves.svg', title: 'Curves', svg: '', spec: null },
    ],
  });
  expect(page).toBe(
    [
      '# A \\*question\\*',
      '## Two',
      'a &lt;script> and \\[a link\\](x)',
      '> **Note:** careful',
      '- one',
      '| cell        |\n| ----------- |\n| &lt;b> \\| c |',
      '    agent-state report x',
      '![Curves](the%20curves.svg)',
    ].join('\n\n') + '\n',
  );
});

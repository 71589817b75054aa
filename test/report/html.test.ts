import { describe, expect, it } from 'vitest';
import { type Block, list, table, text, warning } from '../../src/report/document.ts';
import { htmlPage } from '../../src/report/html.ts';
import { renderSvg } from '../../src/plots/render-svg.ts';

const EVIL = '<script>alert("x")</script> & \'more\'';

describe('a page', () => {
  it('shows markup that comes from files as text, wherever it stands', () => {
    const picture: Block = { kind: 'picture', file: EVIL, title: EVIL, svg: '<svg></svg>', spec: null };
    const blocks: Block[] = [
      { kind: 'heading', text: EVIL, level: 2 },
      text(EVIL),
      warning(EVIL),
      ...list([EVIL]),
      { kind: 'code', lines: [EVIL] },
      table([{ title: EVIL }], [[EVIL]]),
      picture,
    ];
    const page = htmlPage({ title: EVIL, blocks });
    expect(page).not.toContain('<script');
    const escaped = '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;more&#39;';
    expect(page.split(escaped)).toHaveLength(13); // in twelve places
    expect(htmlPage({ title: 'fine', blocks: [text('a < b')] })).toContain('a &lt; b');
  });

  it('keeps the clip paths of its pictures apart', async () => {
    const spec = {
      data: { values: [{ x: 1, y: 2 }] },
      mark: { type: 'line' as const, clip: true },
      encoding: { x: { field: 'x', type: 'quantitative' as const }, y: { field: 'y', type: 'quantitative' as const } },
    };
    const svg = await renderSvg(spec);
    const picture: Block = { kind: 'picture', file: 'a.svg', title: 'a', svg, spec: null };
    const ids = (page: string): string[] => [...page.matchAll(/<[^>]*\sid="([^"]*)"/g)].map(([, id]) => id!);
    expect(ids(svg).length).toBeGreaterThan(0); // else the test shows nothing
    const page = htmlPage({ title: 'two', blocks: [picture, picture] });
    expect(new Set(ids(page)).size).toBe(2 * ids(svg).length);
    const used = [...page.matchAll(/url\(#([^)]*)\)/g)].map(([, id]) => id!);
    expect(used.length).toBeGreaterThan(0);
    for (const id of used) expect(ids(page)).toContain(id);
  });

  it('loads nothing from elsewhere', () => {
    const page = htmlPage({ title: 'a', blocks: [text('b')] });
    expect(page).not.toMatch(/(src|href)=|@import|url\(/);
    expect(page).toContain("default-src 'none'");
  });
});

/** What docs/site adds to TypeDoc: comments as they are written here, strict pages, dead links found. */
import { describe, expect, it } from 'vitest';
import { cited, referencesPage } from '../../docs/site/bibliography.ts';
import { headerOf, legible } from '../../docs/site/comments.ts';
import { deadLinks } from '../../docs/site/dead-links.ts';
import { strict } from '../../docs/site/finish.ts';
import { put, tempFolder } from '../support/temp.ts';

describe('comments', () => {
  it('keep the form of formulas and let prose flow', () => {
    const header = headerOf(
      '/**\n * What it is:\n *   a = b c   (1)\n *   d = e\n * and why.\n */\nexport const x = 1;',
    );
    expect(header).toBe('What it is:\n  a = b c   (1)\n  d = e\nand why.');
    expect(legible(header)).toBe('What it is:\n\n```text\n  a = b c   (1)\n  d = e\n```\n\nand why.');
  });

  it('leave lists and code as they are', () => {
    const text = '- one\n  and more of it\n- two\n\n```ts\n  indented();\n```';
    expect(legible(text)).toBe(text);
  });
});

describe('the bibliography', () => {
  it('names authors and year, and leads to its entry', () => {
    expect(cited('javed2023scalable', 'references.md')).toMatch(
      /^\[Javed et al\. \(2023\)\]\(references\.md#javed2023scalable\), Scalable Real-Time/,
    );
    expect(cited('nobody1900', 'references.md')).toBe('nobody1900');
    expect(referencesPage()).toContain('\n## javed2023scalable\n\nKhurram Javed, ');
  });
});

describe('a page', () => {
  const page = (body: string): string =>
    `<html><head><meta charset="utf-8"/><script defer src="assets/main.js"></script></head><body>${body}</body></html>`;

  it('gets a policy, and loses its inline script and styles', () => {
    const done = strict(
      page('<script>document.title = 1</script><td style="text-align:right">1</td>'),
      'assets/theme.js',
    );
    expect(done).toContain("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self';");
    expect(done).not.toMatch(/unsafe|style=|<script>/);
    expect(done).toContain('<script src="assets/theme.js"></script>');
    expect(done).toContain('<td class="right">1</td>');
  });

  it('has code and tables that a keyboard reaches, and summaries that are one control', () => {
    const link = '<a href="#m" aria-label="Permalink" class="tsd-anchor-icon"><svg></svg></a>';
    const body = `<summary><h2>Methods${link}</h2></summary><h3>a${link}</h3><pre>x</pre><table></table>`;
    expect(strict(page(body), 'assets/theme.js')).toContain(
      `<summary><h2>Methods</h2></summary><h3>a${link}</h3><pre tabindex="0">x</pre><div class="scrolls" tabindex="0"><table></table></div>`,
    );
  });

  it('says what is its main part, and what is beside it', () => {
    const done = strict(page('<div class="col-content"></div><div class="page-menu"></div>'), 'assets/theme.js');
    expect(done).toContain('<div class="col-content" role="main">');
    const panel = strict(
      page('<section class="tsd-panel x" data-refl="3">\n<h4>a <b>c</b></h4></section>'),
      'assets/theme.js',
    );
    expect(panel).toContain('<h2 class="small">a <b>c</b></h2>'); // no level is left out
    expect(done).toMatch(/<div class="page-menu" role="complementary" aria-label="[^"]+">/);
  });

  it.each(['<style>a {}</style>', '<p style="color: red">', '<p onclick="x()">', '<a href="javascript:x()">'])(
    'with %s is refused, but may show it as code',
    (text) => {
      expect(() => strict(page(text), 'assets/theme.js')).toThrow('the policy of the site forbids');
      expect(() => strict(page(`<code>${text}</code>`), 'assets/theme.js')).not.toThrow();
    },
  );
});

describe('links of a site', () => {
  it('that lead nowhere are found, in files and in places of a file', () => {
    const site = tempFolder();
    put(site, 'index.html', '<a href="docs/a.html#there">fine</a><a href="https://example.org/none">not ours</a>');
    put(site, 'docs/a.html', '<h2 id="there">x</h2><a href="../index.html">back</a><a href="#there">up</a>');
    expect(deadLinks(site)).toEqual([]);
    put(site, 'docs/b.html', '<a href="c.html"></a><a href="a.html#nowhere"></a><img src="../picture.svg">');
    expect(deadLinks(site)).toEqual([
      'docs/b.html: c.html leads to no file',
      'docs/b.html: a.html#nowhere leads to no place of docs/a.html',
      'docs/b.html: ../picture.svg leads to no file',
    ]);
  });
});

/** Links between the documents of the repository, as they are read on disk: the site checks its own when it is built. */
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, it } from 'vitest';
import { documents } from '../../docs/site/sources.ts';
import { put, tempFolder } from '../support/temp.ts';

const prose = (text: string): string => text.replaceAll(/^ *```[\s\S]*?^ *```/gm, '').replaceAll(/`[^`\n]*`/g, '');

/** As GitHub and TypeDoc make anchors of headings. */
function anchors(text: string): Set<string> {
  const found = new Set<string>();
  for (const [, heading] of text.replaceAll(/^ *```[\s\S]*?^ *```/gm, '').matchAll(/^#+ (.+)$/gm)) {
    const slug = heading!
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-');
    let [name, n] = [slug, 0];
    while (found.has(name)) name = `${slug}-${++n}`;
    found.add(name);
  }
  return found;
}

function brokenLinks(paths: readonly string[], root: string): string[] {
  return paths.flatMap((path) => {
    const text = readFileSync(posix.join(root, path), 'utf8');
    return [...prose(text).matchAll(/\]\((?![a-z]+:)([^)\s]+)\)/g)].flatMap(([, link]) => {
      const [address, anchor] = link!.split('#') as [string, string?];
      const target = address === '' ? path : posix.join(posix.dirname(path), address);
      if (!existsSync(posix.join(root, target))) return [`${path}: ${link}`];
      if (anchor === undefined || !target.endsWith('.md')) return [];
      return anchors(readFileSync(posix.join(root, target), 'utf8')).has(anchor) ? [] : [`${path}: ${link}`];
    });
  });
}

it('every link between documents leads somewhere', () => {
  const pages = [...documents(), 'docs/site/front-page.md'];
  expect(pages.length).toBeGreaterThan(25);
  expect(brokenLinks(pages, '.')).toEqual([]);
});

it('and one that does not is found', () => {
  const root = tempFolder();
  put(root, 'a.md', '# A\n\n[b](b.md) [two](b.md#two-words) [none](c.md) [nowhere](b.md#three) `[code](d.md)`\n');
  put(root, 'b.md', '# B\n\n## Two words\n\n```sh\n# three\n```\n');
  expect(brokenLinks(['a.md', 'b.md'], root)).toEqual(['a.md: c.md', 'a.md: b.md#three']);
});

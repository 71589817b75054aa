/** Links of a built site that lead nowhere: to a file that is not there, or to a place that its page does not have. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { htmlFiles } from './finish.ts';

export function deadLinks(site: string): string[] {
  const anchors = new Map<string, Set<string>>();
  const anchorsOf = (path: string): Set<string> => {
    const known = anchors.get(path) ?? ids(readFileSync(join(site, path), 'utf8'));
    anchors.set(path, known);
    return known;
  };
  return htmlFiles(site).flatMap((path) =>
    linksOf(readFileSync(join(site, path), 'utf8')).flatMap((link) => {
      const [address, anchor] = link.split('#') as [string, string?];
      const target = address === '' ? path : posix.join(posix.dirname(path), decodeURI(address));
      if (!isFile(join(site, target))) return [`${path}: ${link} leads to no file`];
      if (!anchor || !target.endsWith('.html')) return [];
      return anchorsOf(target).has(decodeURIComponent(anchor))
        ? []
        : [`${path}: ${link} leads to no place of ${target}`];
    }),
  );
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

const ids = (html: string): Set<string> =>
  new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => unescape(id!)));

/** Addresses within the site that a page names. */
function linksOf(html: string): string[] {
  return [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)]
    .map(([, link]) => unescape(link!))
    .filter((link) => link !== '' && link !== '#' && !/^[a-z][a-z+.-]*:/i.test(link));
}

const unescape = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');

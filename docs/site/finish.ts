/**
 * What TypeDoc's pages still need: a Content-Security-Policy that allows nothing but the site's own files, hence no
 * script and no style inside a page; landmarks, and code that can be scrolled by keyboard.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** TypeDoc's script makes one style element and, without filters, leaves it empty: this is the hash of nothing. */
const EMPTY = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${EMPTY}`,
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const ANCHOR = /<a href="#[^>]*class="tsd-anchor-icon"[\s\S]*?<\/a>/g;

export function finish(site: string): void {
  for (const path of htmlFiles(site)) {
    const page = readFileSync(join(site, path), 'utf8');
    writeFileSync(join(site, path), strict(page, posix.relative(posix.dirname(path), 'assets/theme.js')));
  }
}

/** Pages of TypeDoc; the playground has a policy of its own. */
export const htmlFiles = (site: string): string[] =>
  readdirSync(site, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.html') && !path.startsWith('playground/'))
    .sort();

export function strict(page: string, themeScript: string): string {
  const mended = page
    .replace(/<meta charset="utf-8"\/>/, `$&<meta http-equiv="Content-Security-Policy" content="${POLICY}"/>`)
    .replace(/<script>[^<]*<\/script>/, '')
    .replace('<script defer', `<script src="${themeScript}"></script><script defer`)
    .replaceAll(/ style="text-align:(left|right|center)"/g, ' class="$1"')
    .replaceAll(/<summary[\s\S]*?<\/summary>/g, (summary) => summary.replaceAll(ANCHOR, '')) // one control, not two
    .replace('<div class="col-content">', '<div class="col-content" role="main">')
    .replace('<div class="page-menu">', '<div class="page-menu" role="complementary" aria-label="This page">')
    .replaceAll(/(<section class="tsd-panel[^>]*>\s*)<h4>([\s\S]*?)<\/h4>/g, '$1<h2 class="small">$2</h2>') // below h1
    .replaceAll(/<h5 class="(tsd-index-heading[^"]*)">([\s\S]*?)<\/h5>/g, '<h2 class="small $1">$2</h2>')
    .replaceAll('<pre>', '<pre tabindex="0">')
    .replaceAll('<table>', '<div class="scrolls" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>');
  const inline = /<script(?![^>]*\ssrc=)[^>]*>|<style[\s>]|\sstyle="|\son[a-z]+="|href="javascript:/.exec(
    mended.replaceAll(/<pre[\s\S]*?<\/pre>|<code[\s\S]*?<\/code>/g, ''),
  );
  if (inline) throw new Error(`the policy of the site forbids what stands in a page: ${inline[0]}`);
  return mended;
}

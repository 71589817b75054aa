/** The requests that docs/dashboard.md shows, put to a dashboard beside a run that goes on, by curl in a shell as they stand. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDashboard } from '../support/dashboards.ts';
import { start } from '../support/cli.ts';
import { documentBlocks } from '../support/document-blocks.ts';
import { tempFolder } from '../support/temp.ts';

const hasCurl = spawnSync('curl', ['--version']).status === 0;
if (!hasCurl) console.warn('NO CURL: the requests of docs/dashboard.md are not put');

const ADDRESS = 'http://127.0.0.1:7717';
const blocks = documentBlocks('sh').filter(({ file, text }) => file === 'docs/dashboard.md' && text.includes(ADDRESS));

/** What each command of a block prints; streams are followed for two seconds. */
async function answers(script: string): Promise<string> {
  // -N: it would go on for ever. Exit code 28 says that the time is over.
  const brief = script
    .replaceAll(/^(curl -N .*)$/gm, '$1 --max-time 2 || [ $? = 28 ]')
    .replaceAll('curl ', 'curl -sSf ');
  const shell = spawn('sh', ['-e', '-c', brief], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (data: Buffer) => (said += String(data)));
  const code = await new Promise((done) => shell.on('close', done));
  if (code !== 0) throw new Error(`exit code ${String(code)}: ${said.slice(-300)}`);
  return said;
}

describe.skipIf(!hasCurl)('the requests of docs/dashboard.md', () => {
  it('are answered by a dashboard on a run that goes on', async () => {
    expect(blocks.length).toBeGreaterThan(3);
    const cwd = tempFolder();
    const results = join(cwd, 'results');
    const long = ['--agent', 'columnar-td', '--steps', '100000000', '--seeds', '1', '--jobs', '1'];
    const { child, ended } = start(cwd, 'run', 'trace-patterning', ...long);
    try {
      const setting = await settingWithRows(join(results, 'trace-patterning'));
      const { url } = await openDashboard(results);
      const asked = (text: string): string =>
        text.replaceAll(ADDRESS, url.replace(/\/$/, '')).replaceAll('<setting>', setting);
      const said: string[] = [];
      for (const { text } of blocks) said.push(await answers(asked(text)));
      expect(said[0]).toMatch(/"trace-patterning"[\s\S]*step,/); // JSON, then a table
      expect(said.join('\n').match(/^(event|data): /gm)!.length).toBeGreaterThan(4); // of streams
      expect(said.join('\n')).toMatch(/"step":\s*\d+/); // where it was when it paused
      await expect(answers(`curl ${url}api/nothing`)).rejects.toThrow('404');
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
  });
});

/** Of the first run that has a row of metrics. */
async function settingWithRows(folder: string): Promise<string> {
  for (;;) {
    const paths = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
    const path = paths.find((one) => one.endsWith('metrics.jsonl'));
    if (path !== undefined && statSync(join(folder, path)).size > 0) return path.split('/')[0]!;
    await new Promise((done) => setTimeout(done, 100));
  }
}

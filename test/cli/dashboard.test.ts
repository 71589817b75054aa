/** agent-state dashboard, from the command to an answer and to its end. */
import { request } from 'node:http';
import { expect, it } from 'vitest';
import { mistake, start } from '../support/cli.ts';
import { put, tempFolder } from '../support/temp.ts';

const folder = tempFolder();
put(folder, 'results/study/measured/abc.jsonl', '');

async function opened(...args: string[]) {
  const { child, ended } = start(folder, 'dashboard', ...args, '--port', '0');
  const line = await new Promise<string>((done, fail) => {
    child.stdout!.once('data', (data: Buffer) => done(data.toString()));
    void ended.then(({ stderr }) => fail(new Error(stderr)));
  });
  return { child, ended, line, url: /http:\S+?(?=["\s])/.exec(line)![0] };
}

const status = (url: string): Promise<number> =>
  new Promise((done, fail) => {
    request(url, { agent: false }, (response) => done(response.resume().statusCode!))
      .on('error', fail)
      .end();
  });

it('prints where it listens, answers, and ends in good order', async () => {
  const { child, ended, line, url } = await opened();
  expect(line).toMatch(/^dashboard {2}http:\/\/127\.0\.0\.1:\d+\/\n$/);
  expect(await status(`${url}api/experiments`)).toBe(200);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
});

it('asks for the token that it printed', async () => {
  const { child, ended, url } = await opened('results', '--token', '--json');
  expect(await status(url)).toBe(303);
  expect(await status(url.replace(/\?.*/, ''))).toBe(401);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});

it('run --watch opens one for as long as it runs', async () => {
  const args = ['--agent', 'no-memory', '--env', 'cycle-world', '--steps', '2000000', '--results', 'new'];
  const { child, ended } = start(folder, 'run', ...args, '--watch');
  const url = await new Promise<string>((done) => {
    child.stderr!.on('data', (data: Buffer) => {
      const [, found] = /^dashboard {2}(http:\S+)$/m.exec(data.toString()) ?? [];
      if (found) done(found);
    });
  });
  expect(await status(`${url}api/experiments`)).toBe(200);
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
  await expect(status(url)).rejects.toThrow('ECONNREFUSED');
});

it('says what is wrong in one line', async () => {
  expect(await mistake(folder, 'dashboard', 'nowhere')).toContain('Cannot show nowhere: no such file or folder');
  expect(await mistake(folder, 'dashboard', '--port', '70000')).toContain('Cannot use --port 70000');
  expect(await mistake(folder, 'dashboard', '--port', '0', '--host', '192.0.2.1')).toContain('no such address');
});

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'loss-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs JavaScript in a child process that can import our sources; answers how it ended and the lines of its log. */
async function child(name: string, body: string): Promise<{ end: number | string | null; lines: string[] }> {
  const path = join(folder, name);
  const script = `
    import { createJiti } from 'jiti';
    import { pino } from 'pino';
    const jiti = createJiti(${JSON.stringify(import.meta.url)});
    const { createLogger } = await jiti.import('../../src/log/create-logger.ts');
    const path = ${JSON.stringify(path)};
    ${body}
  `;
  const started = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
  const end = await new Promise<number | string | null>((resolve) => {
    started.on('exit', (code, signal) => {
      resolve(signal ?? code);
    });
  });
  return { end, lines: existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [] };
}

const write1000 = 'for (let i = 0; i < 1000; i++) logger.info({ i });';

test('1000 lines of a process that then kills itself are all on file, which an asynchronous log loses', async () => {
  const kill = "process.kill(process.pid, 'SIGKILL');";
  const ours = await child('sync', `const logger = createLogger({ destination: path }); ${write1000} ${kill}`);
  expect(ours.end).toBe('SIGKILL');
  expect(ours.lines.map((line) => (JSON.parse(line) as { i: number }).i)).toEqual(
    Array.from({ length: 1000 }, (_, i) => i),
  );
  const lossy = `const logger = createLogger({ destination: pino.destination({ dest: path, sync: false }) });`;
  const theirs = await child('async', `${lossy} ${write1000} ${kill}`);
  expect(theirs.lines.length).toBeLessThan(1000);
});

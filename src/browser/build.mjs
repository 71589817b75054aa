/**
 * Lists the folders of parts and agents for browsers, after compilation and after the kernels:
 * dist/src/browser/part-index.js loads each when it is asked for. Adding a part stays adding one file.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDERS = ['cells', 'estimators', 'features', 'heads', 'step-sizes', 'growth', '../agents'];
const src = fileURLToPath(new URL('../../dist/src/', import.meta.url));

const idsIn = (folder) =>
  readdirSync(join(src, folder))
    .filter((file) => file.endsWith('.js'))
    .map((file) => file.slice(0, -'.js'.length))
    .sort();
const lines = (folder) => idsIn(folder).map((id) => `    '${id}': () => import('../${folder}/${id}.js'),`);
const folders = FOLDERS.map((folder) => `  '${folder}': {\n${lines(folder).join('\n')}\n  },`);
const { cells } = JSON.parse(readFileSync(join(src, 'kernels/kernels.json'), 'utf8'));
const text = [
  `export const folders = {\n${folders.join('\n')}\n};`,
  `export const kernelCells = ${JSON.stringify(cells)};\n`,
].join('\n');

const write = (name, content) => {
  const path = join(src, 'browser', name);
  if (!existsSync(path) || readFileSync(path, 'utf8') !== content) writeFileSync(path, content);
};
write('part-index.js', text);
write('part-index.d.ts', readFileSync(new URL('part-index.d.ts', import.meta.url), 'utf8'));

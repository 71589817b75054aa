/**
 * Lists dist/tasks for browsers, after compilation: dist/browser/task-index.js loads each task when it is asked for. A task
 * that reaches a module of Node's is left out, with what it needs. Adding a task stays adding one file.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const folder = join(dist, 'tasks');
const IMPORT = /^(?:import|export)\b(?:[^'";]*?\bfrom)?\s*['"]([^'"]+)['"]/gm;

/** The first module of Node's that a file reaches; null: none. */
function nodeModule(file, seen = new Set()) {
  if (seen.has(file)) return null;
  seen.add(file);
  for (const [, name] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
    const found = name.startsWith('.') ? nodeModule(join(dirname(file), name), seen) : name.startsWith('node:') && name;
    if (found) return found;
  }
  return null;
}

const ids = readdirSync(folder)
  .filter((file) => file.endsWith('.js'))
  .map((file) => file.slice(0, -'.js'.length))
  .sort();
const needs = new Map(ids.map((id) => [id, nodeModule(join(folder, `${id}.js`))]));
const tasks = ids.filter((id) => needs.get(id) === null).map((id) => `  '${id}': () => import('../tasks/${id}.js'),`);
const left = ids.filter((id) => needs.get(id) !== null).map((id) => `  '${id}': "Node's ${needs.get(id).slice(5)}",`);
const text = `export const tasks = {\n${tasks.join('\n')}\n};\nexport const left = {\n${left.join('\n')}\n};\n`;

const out = join(dist, 'browser');
mkdirSync(out, { recursive: true });
const write = (name, content) => {
  const path = join(out, name);
  if (!existsSync(path) || readFileSync(path, 'utf8') !== content) writeFileSync(path, content);
};
write('task-index.js', text);
write(
  'task-index.d.ts',
  readFileSync(new URL('task-index.d.ts', import.meta.url), 'utf8').replace("'../part.ts'", "'../part.js'"),
);

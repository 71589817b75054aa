/**
 * Builds the WebAssembly modules from assembly/ into dist/src/kernels: precision, SIMD flavour, shared memory or not, all
 * of the same source, with kernels.json that names the cells they know. `--names` keeps functions' names, for profiles.
 * A cell's kernel is one file under assembly/cells/; this script finds it. Nothing is built where nothing has changed.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, 'assembly');
const names = process.argv.includes('--names'); // functions keep theirs: for profiles
const out = join(here, '../../dist/src/kernels');

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const cells = files
  .filter((file) => dirname(file) === 'cells')
  .map((file) => file.slice('cells/'.length, -'.ts'.length))
  .sort();
const modules = ['f32', 'f64'].flatMap((real) =>
  [false, true].flatMap((relaxed) => [false, true].map((threads) => ({ real, relaxed, threads }))),
);

/** Which cell runs: its place in the sorted list of files. */
function dispatch() {
  const imports = cells.map((name, i) => `import * as cell${i} from './cells/${name}';`);
  const call = (act, args) => cells.map((_, i) => `  if (cell == ${i}) return cell${i}.${act}(${args});`).join('\n');
  return [
    "import { cell } from './plan';",
    ...imports,
    `export function activate(layer: i32): void {\n${call('activate', 'layer')}\n}`,
    `export function differentiate(): void {\n${call('differentiate', '')}\n}`,
  ].join('\n');
}

function digest() {
  const hash = createHash('sha256')
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .update(String(names));
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(source, file)));
  return hash.digest('hex');
}

async function build(asc, { real, relaxed, threads }) {
  const made = {
    'precision.ts': `export type real = ${real};\nexport const RELAXED: bool = ${relaxed};`,
    'dispatch.ts': dispatch(),
  };
  const target = join(out, `${real}${relaxed ? '-relaxed' : ''}${threads ? '-threads' : ''}.wasm`);
  const flags = ['-O3', '--runtime', 'stub', '--importMemory', '--noAssert', '--noColors', '--disableWarning', '235'];
  const features = ['simd', ...(relaxed ? ['relaxed-simd'] : []), 'threads'].flatMap((name) => ['--enable', name]);
  const debug = names ? ['--debug'] : [];
  const shared = threads ? ['--sharedMemory', '--maximumMemory', '65536'] : [];
  const { error, stderr } = await asc.main(
    ['index.ts', '--outFile', 'module.wasm', ...flags, ...features, ...shared, ...debug],
    {
      readFile: (name) =>
        made[name] ?? (existsSync(join(source, name)) ? readFileSync(join(source, name), 'utf8') : null),
      writeFile: (name, bytes) => (name.endsWith('.wasm') ? writeFileSync(target, bytes) : undefined),
      listFiles: () => [],
    },
  );
  if (error) {
    console.error(stderr.toString());
    throw new Error(`Cannot build ${relative(process.cwd(), target)}: ${error.message}`);
  }
}

mkdirSync(out, { recursive: true });
const list = join(out, 'kernels.json');
const sum = digest();
const known = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : null;
if (known?.digest !== sum) {
  const { default: asc } = await import('assemblyscript/asc');
  for (const each of modules) await build(asc, each);
  writeFileSync(list, `${JSON.stringify({ digest: sum, cells })}\n`);
}

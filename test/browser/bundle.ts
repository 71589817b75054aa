/** The package in a bundle for browsers, by vite, with nothing set but where it goes. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

export interface Bundle {
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly text: string }[];
  readonly modules: readonly string[]; // everything that went into it, by id
  readonly warnings: readonly string[];
  remove(): void;
}

/** `entry` becomes <its name>.js; a page keeps its path. */
export async function bundle(entry: string): Promise<Bundle> {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  const warnings: string[] = [];
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      modulePreload: false,
      rolldownOptions: {
        input: entry,
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js' },
        onwarn: ({ message }) => warnings.push(message),
      },
    },
  });
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
  const files = names.map((name) => {
    const bytes = readFileSync(join(folder, name));
    return { name, bytes: bytes.length, text: name.endsWith('.js') ? bytes.toString() : '' };
  });
  const modules = [built].flat().flatMap((one) => ('output' in one ? one.output.flatMap(idsOf) : []));
  return { folder, files, modules, warnings, remove: () => rmSync(folder, { recursive: true }) };
}

const idsOf = (part: object): string[] => ('moduleIds' in part ? (part.moduleIds as string[]) : []);

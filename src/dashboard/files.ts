/** Pictures and tables that lie below an experiment, served as they are, and the data of a picture from its specification. */
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import type { Cell } from '../export/table.ts';
import { csvLine } from './csv-line.ts';
import type { FoundFile, Inside } from './inside.ts';
import type { Picture } from './protocol.ts';
import { sendError, sendStream } from './reply.ts';
import type { Handler } from './routes.ts';
import { isDeep } from './sound.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
};

const DEPTH = 3; // folders below the experiment in which pictures are looked for
const MOST = 500; // pictures
const LARGEST = 32 << 20; // bytes of a specification that is read
const CELLS = 5e6; // of its table

export async function listPictures(inside: Inside, experiment: string): Promise<Picture[] | null> {
  const folder = await inside.path(experiment);
  if (folder === null) return null;
  const found: Picture[] = [];
  const look = async (names: readonly string[]): Promise<void> => {
    const entries = await readdir(join(inside.root, ...names), { withFileTypes: true }).catch(() => []);
    for (const { name } of entries.filter((one) => one.isFile() && /\.(?:svg|png)$/.test(one.name)).sort(byName)) {
      const file = found.length < MOST ? await inside.file(...names, name) : null;
      if (file !== null) found.push(await pictureOf(inside, [...names, name], file));
    }
    const folders = entries.filter((one) => one.isDirectory() && one.name !== 'checkpoint').sort(byName);
    if (names.length <= DEPTH) for (const { name } of folders) await look([...names, name]);
  };
  await look([experiment]);
  return found;
}

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);

async function pictureOf(inside: Inside, names: readonly string[], { bytes, changed }: FoundFile): Promise<Picture> {
  const path = names.map(encodeURIComponent).join('/');
  const hasData = (await inside.file(...specOf(names))) !== null;
  const name = relative(names[0]!, names.join('/'));
  return { path, name, csv: hasData ? path.replace(/\.\w+$/, '.csv') : null, bytes, changed };
}

/** curves.svg -> curves.vl.json */
const specOf = (names: readonly string[]): string[] => [
  ...names.slice(0, -1),
  names.at(-1)!.replace(/\.\w+$/, '.vl.json'),
];

export const serveFile =
  (inside: Inside): Handler =>
  async ({ response, rest }) => {
    const type = TYPES[extname(rest.at(-1)!)];
    const file = type === undefined ? null : await inside.file(...rest);
    if (file !== null) {
      const body = { type: type!, bytes: file.bytes, isForeign: true };
      return sendStream(response, body, () => createReadStream(file.path, { end: Math.max(0, file.bytes - 1) }));
    }
    const data = rest.at(-1)!.endsWith('.csv') ? await dataOf(inside, specOf(rest)) : null;
    if (data === null) return sendError(response, 404, 'there is nothing here');
    const body = { type: TYPES['.csv']!, name: rest.at(-1)!, isForeign: true };
    return sendStream(response, body, () => data);
  };

type Values = readonly Readonly<Record<string, unknown>>[];

/** The rows that a picture was drawn from; of several sets, one after the other. */
async function dataOf(inside: Inside, names: readonly string[]): Promise<string[] | null> {
  const file = await inside.file(...names);
  if (file === null || file.bytes > LARGEST) return null;
  let spec: unknown;
  try {
    spec = JSON.parse(await readFile(file.path, 'utf8'));
  } catch {
    return null;
  }
  return isDeep(spec, 64) ? null : csvOf(valuesIn(spec));
}

function valuesIn(spec: unknown): Values[] {
  if (typeof spec !== 'object' || spec === null) return [];
  if (Array.isArray(spec)) return spec.flatMap(valuesIn);
  const own = (spec as { values?: unknown }).values;
  const isRows = Array.isArray(own) && own.length > 0 && own.every((row) => typeof row === 'object' && row !== null);
  return isRows ? [own as Values] : Object.values(spec).flatMap(valuesIn);
}

function csvOf(sets: readonly Values[]): string[] | null {
  const rows = sets.flat();
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (rows.length * columns.length > CELLS) return null;
  const cellOf = (value: unknown): Cell =>
    value === undefined || value === null ? null : typeof value === 'object' ? JSON.stringify(value) : (value as Cell);
  return [csvLine(columns), ...rows.map((row) => csvLine(columns.map((name) => cellOf(row[name]))))];
}

/** Pictures of a report: drawn into its folder, or a sentence where there is nothing to draw. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TopLevelSpec } from 'vega-lite';
import { writePlot } from '../plots/write-plot.ts';
import { isExpected } from '../user-error.ts';
import { type Block, text } from './document.ts';

export interface PictureRequest {
  readonly name: string; // of its files
  readonly title: string;
  readonly spec: () => TopLevelSpec; // throws a UserError where it cannot be drawn
}

export async function drawPictures(folder: string, requests: readonly PictureRequest[]): Promise<Block[]> {
  const blocks: Block[] = [];
  for (const request of requests) blocks.push(await draw(folder, request));
  return blocks;
}

async function draw(folder: string, { name, title, spec }: PictureRequest): Promise<Block> {
  try {
    return pictureOf((await writePlot(join(folder, name), spec())).svg, `${name}.svg`, title);
  } catch (error) {
    if (!isExpected(error)) throw error;
    return text(`Left out, ${title}: ${error.message}.`);
  }
}

/** A picture that lies on disk, and its specification where that lies beside it. */
export function pictureOf(path: string, file: string, title: string): Block {
  const spec = path.replace(/\.svg$/, '.vl.json');
  return {
    kind: 'picture',
    file,
    title,
    svg: readFileSync(path, 'utf8'),
    spec: existsSync(spec) ? readFileSync(spec, 'utf8') : null,
  };
}

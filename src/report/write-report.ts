/** A report on disk: report.json, report.md with its pictures, and report.html, which needs neither. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { atomicWrite } from '../results/atomic-write.ts';
import { makeFolder } from '../results/make-folder.ts';
import { systemReason } from '../results/system-reason.ts';
import { UserError } from '../user-error.ts';
import { htmlPage } from './html.ts';
import { markdownPage } from './markdown.ts';
import type { Report } from './report.ts';

export interface WrittenReport {
  readonly html: string;
  readonly markdown: string;
  readonly json: string;
  readonly pictures: readonly string[];
}

export const reportFolder = (experiment: string): string => join(experiment, 'report');

/** Makes the folder, before pictures are drawn into it. */
export function openReport(experiment: string): void {
  const folder = reportFolder(experiment);
  try {
    makeFolder(folder);
  } catch (error) {
    throw new UserError(`Cannot write the report to ${folder}: ${systemReason(error)}`, { cause: error });
  }
}

export function writeReport(folder: string, { document, json }: Report): WrittenReport {
  const pictures = document.blocks.flatMap((block) => (block.kind === 'picture' ? [block] : []));
  const files = pictures.flatMap(({ file, svg, spec }) => {
    const specFile = file.replace(/\.svg$/, '.vl.json');
    return [{ file, text: svg }, ...(spec === null ? [] : [{ file: specFile, text: spec }])];
  });
  for (const { file, text } of files) atomicWrite(join(folder, file), text);
  const written = {
    html: join(folder, 'report.html'),
    markdown: join(folder, 'report.md'),
    json: join(folder, 'report.json'),
    pictures: pictures.map(({ file }) => join(folder, file)),
  };
  atomicWrite(written.json, `${JSON.stringify(json, null, 1)}\n`);
  atomicWrite(written.markdown, markdownPage(document));
  atomicWrite(written.html, htmlPage(document));
  sweepOut(
    folder,
    files.map(({ file }) => file),
  );
  return written;
}

/** Pictures of an older report are not to be taken for this one's. */
function sweepOut(folder: string, kept: readonly string[]): void {
  const old = readdirSync(folder).filter((file) => /\.(svg|vl\.json)$/.test(file) && !kept.includes(file));
  for (const file of old) rmSync(join(folder, file), { force: true });
}

/**
 * Writes the outputs that README.md shows: runs its two commands and puts what they print, and the picture they make,
 * where the markers are. `npm run readme`, after a change that moves a figure.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { atomicWrite } from '../src/results/atomic-write.ts';

interface Shown {
  readonly command: readonly string[];
  readonly marker: string;
  readonly keep: (output: string) => string;
}

const SHOWN: readonly Shown[] = [
  { command: ['start'], marker: 'output of npm start', keep: fromQuestion },
  { command: ['test'], marker: 'output of npm test', keep: totals },
];

/** From the experiment's question to the end. */
function fromQuestion(output: string): string {
  return output.slice(output.indexOf('Which agent state')).trim();
}

/** vitest's closing lines without its clocks, which differ on every machine. */
function totals(output: string): string {
  return output
    .split('\n')
    .filter((line) => /^\s*(Test Files|Tests)\s/.test(line))
    .join('\n');
}

function run(command: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync('npm', ['--silent', ...command], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`npm ${command.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`);
  return stdout;
}

/** Replaces everything between a marker and the next paragraph that is not a fenced block. */
function put(readme: string, marker: string, output: string): string {
  const pattern = new RegExp(`(<!-- ${marker}[^>]*-->\n)(\n\`\`\`text\n[\\s\\S]*?\`\`\`\n)?`);
  if (!pattern.test(readme)) throw new Error(`README.md has no marker "${marker}"`);
  return readme.replace(pattern, (_, line: string) => `${line}\n\`\`\`text\n${output}\n\`\`\`\n`);
}

let readme = readFileSync('README.md', 'utf8');
for (const { command, marker, keep } of SHOWN) readme = put(readme, marker, keep(run(command)));
mkdirSync('docs/pictures', { recursive: true });
copyFileSync('results/trace-patterning/curves.svg', 'docs/pictures/trace-patterning.svg');
atomicWrite('README.md', readme);

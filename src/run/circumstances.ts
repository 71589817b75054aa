/** What was otherwise when a run was made than it is here and now: what may move its bits. */
import { provenance } from '../results/provenance.ts';
import type { RunRecord } from '../results/run-record.ts';
import { settingHash } from '../results/setting-hash.ts';
import { codeOf } from './code-of.ts';
import type { Setting } from './setting.ts';

export interface Circumstance {
  readonly what: string;
  readonly then: string;
  readonly now: string;
}

/** Only those that differ. */
export function circumstances(record: RunRecord, setting: Setting): Circumstance[] {
  const { git, versions, host } = provenance();
  const relaxed = record.path?.simd === 'relaxed' ? '; its simd is relaxed: bits differ between processors' : '';
  const all: Circumstance[] = [
    { what: 'setting', then: record.setting, now: settingHash(setting) },
    { what: 'code', then: record.code ?? 'unknown', now: codeOf(setting) },
    { what: 'commit', then: commit(record.git), now: commit(git) },
    ...['agent-state', 'node', 'v8'].map((what) => ({
      what,
      then: record.versions[what] ?? 'unknown',
      now: versions[what] ?? 'unknown',
    })),
    { what: 'processor', then: machine(record.host), now: `${machine(host)}` },
  ];
  return all
    .filter(({ then, now }) => then !== now)
    .map((one) => (one.what === 'processor' ? { ...one, now: `${one.now}${relaxed}` } : one));
}

const commit = (git: RunRecord['git']): string =>
  git === null ? 'none' : `${git.commit.slice(0, 10)}${git.dirty ? ' with changes' : ''}`;

const machine = ({ cpu, platform, arch }: Readonly<Record<string, string>>): string => `${cpu}, ${platform} ${arch}`;

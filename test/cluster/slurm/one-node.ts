/** A Slurm of one node for the tests of a file, started and stopped by the scripts beside this one. */
import { execFileSync, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const script = (name: string): string => resolve('test/cluster/slurm', name);

/** Why there is none here, or null. */
export function whyNoSlurm(): string | null {
  if (process.getuid?.() !== 0) return 'its daemons need root';
  const missing = ['slurmctld', 'slurmd', 'sbatch', 'munged'].filter((name) => spawnSync(name, ['-V']).error);
  return missing.length === 0 ? null : `there is no ${missing.join(', no ')} (apt-get install slurm-wlm munge)`;
}

/** From here on, every program of Slurm's that this process starts talks to it. */
export function startSlurm(folder: string): void {
  const conf = execFileSync(script('start'), [folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  process.env['SLURM_CONF'] = conf.trim();
}

export function stopSlurm(folder: string): void {
  spawnSync(script('stop'), [folder], { stdio: 'inherit' });
}

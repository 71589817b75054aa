/**
 * Sweeps on Kubernetes: one Indexed Job (batch/v1), whose pod k works on part k of n. In `agent-state sweep --on
 * kubernetes`, once the plan is written and the missing runs are known:
 *
 *   const { path, text } = writeKubernetesJob({ plan, planPath, missing, secondsPerRun, options });
 */
import { basename, dirname, join, relative, resolve } from 'node:path';
import { stringify } from 'yaml';
import { atomicWrite } from '../results/atomic-write.ts';
import { planSize, type SweepPlan } from '../results/sweep-plan.ts';
import { UserError } from '../user-error.ts';
import type { ClusterOptions } from './cluster-options.ts';
import { groupSize, shareOut } from './parts.ts';
import { newSubmissionFolder } from './submission.ts';

export interface KubernetesNeeds {
  readonly plan: SweepPlan;
  readonly planPath: string; // results/<experiment>/sweeps/<id>.json
  readonly missing: readonly number[]; // numbers of runs of the plan
  readonly secondsPerRun: number | null;
  readonly options: ClusterOptions;
  readonly workOptions?: readonly string[]; // passed on to `agent-state work`
}

const MOUNT = '/results'; // of the volume that holds the results folder
const SPARE = 30; // seconds from the last saved run to the end of the pod
const TRIES = 3; // per index, for what is no fault of ours: a lost node is not even counted

/** Writes results/<experiment>/kubernetes/<plan>-<n>/job.yaml. */
export function writeKubernetesJob(needs: KubernetesNeeds): { readonly path: string; readonly text: string } {
  const experiment = dirname(dirname(resolve(needs.planPath)));
  const folder = newSubmissionFolder(join(experiment, 'kubernetes'), needs.plan.id);
  const path = join(folder, 'job.yaml');
  const text =
    HEADER + stringify(kubernetesManifest(needs, basename(folder)), { lineWidth: 0, aliasDuplicateObjects: false });
  atomicWrite(path, text);
  return { path, text };
}

const HEADER = `# Written by agent-state. kubectl apply -f job.yaml; the volume claim holds the results folder, with the plan in it.
`;

/** `name` ends the name of the Job: a Job of the same name cannot be changed, only replaced. */
export function kubernetesManifest(needs: KubernetesNeeds, name = `${needs.plan.id}-1`) {
  const { plan, planPath, missing, secondsPerRun, options, workOptions = [] } = needs;
  if (options.image === null) {
    throw new UserError(
      'Cannot write a Job for Kubernetes: no image is named; pass --image <registry/name:tag>, with agent-state on its PATH',
    );
  }
  const group = options.group ?? groupSize(secondsPerRun, options.seconds, options.cpus);
  const { of } = shareOut(missing, planSize(plan), group);
  const results = dirname(dirname(dirname(resolve(planPath))));
  const inside = join(MOUNT, relative(results, resolve(planPath)));
  const amount = { cpu: String(options.cpus), ...(options.mem === null ? {} : { memory: bytes(options.mem) }) };
  const where = options.scratch === null ? [] : ['--scratch', options.scratch];
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobName(plan, name),
      labels: { 'app.kubernetes.io/name': 'agent-state', 'agent-state/sweep': plan.id },
    },
    spec: {
      completionMode: 'Indexed',
      completions: of,
      parallelism: Math.min(of, options.atOnce),
      backoffLimitPerIndex: TRIES, // one part that fails leaves the others alone
      podFailurePolicy: {
        rules: [
          // Evicted or preempted, and saved but not finished: another pod goes on, as often as it takes.
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
          { action: 'Ignore', onExitCodes: { containerName: 'work', operator: 'In', values: [130] } },
          // A run failed, and would again; the rest of the part is done.
          { action: 'FailIndex', onExitCodes: { containerName: 'work', operator: 'In', values: [2] } },
        ],
      },
      template: {
        metadata: { labels: { 'agent-state/sweep': plan.id } },
        spec: {
          restartPolicy: 'Never', // the Job makes the next pod: limits per index ask for it
          terminationGracePeriodSeconds: options.leadSeconds + SPARE,
          containers: [
            {
              name: 'work',
              image: options.image,
              command: ['agent-state', 'work', inside, ...workOptions],
              args: ['--part', `$(JOB_COMPLETION_INDEX)/${of}`, '--jobs', String(options.cpus), ...where],
              resources: { requests: amount, limits: amount },
              volumeMounts: [
                { name: 'results', mountPath: MOUNT },
                ...(options.scratch === null ? [] : [{ name: 'scratch', mountPath: options.scratch }]),
              ],
            },
          ],
          volumes: [
            { name: 'results', persistentVolumeClaim: { claimName: options.volumeClaim } },
            ...(options.scratch === null ? [] : [{ name: 'scratch', emptyDir: {} }]),
          ],
        },
      },
    },
  };
}

/** Names of pods and hosts are made of it, with the index behind: 63 characters are the most. */
function jobName({ experiment }: SweepPlan, suffix: string): string {
  const name = experiment
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 30);
  return `agent-${name}-${suffix}`.replaceAll(/-+/g, '-');
}

/** Slurm's 4G is 4 GiB, and a bare number are MiB. */
const bytes = (mem: string): string => (/\d$/.test(mem) ? `${mem}Mi` : `${mem}i`);

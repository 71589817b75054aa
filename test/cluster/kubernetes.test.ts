import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Job } from 'kubernetes-models/batch/v1';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type ClusterWords, readClusterOptions } from '../../src/cluster/cluster-options.ts';
import { kubernetesManifest, writeKubernetesJob } from '../../src/cluster/kubernetes.ts';
import { allRuns, type PlanOnDisk, writeTestPlan } from '../support/plans.ts';
import { tempFolder } from '../support/temp.ts';

let sweep: PlanOnDisk;
beforeAll(() => void (sweep = writeTestPlan(tempFolder(), 3, 10)));

const IMAGE = { image: 'registry.example.org/lab/agent-state:0.1.0' };
const needs = (words: ClusterWords = {}) => ({
  ...sweep,
  missing: allRuns(sweep.plan),
  secondsPerRun: 100,
  options: readClusterOptions({ ...IMAGE, ...words }),
});
const manifest = (words: ClusterWords = {}) => kubernetesManifest(needs(words));

/** Throws where a type, a value or something required is against the schema that Kubernetes publishes. */
const validate = (job: unknown): void => new Job(job as never).validate();

/** Names and types against the same schema's type, which knows no further fields; one line per mistake. */
function unknownFields(job: unknown): string[] {
  const path = resolve('test/cluster/manifest.ts'); // nothing is written: its text is given below
  const text = `import type { IJob } from 'kubernetes-models/batch/v1';\nexport const job: IJob = ${JSON.stringify(job)};`;
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: ts.ModuleKind.NodeNext,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === path ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2022) : read(name, ...rest);
  const program = ts.createProgram([path], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

describe("a manifest for Kubernetes' Indexed Jobs", () => {
  it('fits the schema of batch/v1, with everything in it', () => {
    const job = manifest({ mem: '4G', scratch: '/scratch', cpusPerTask: '2' });
    expect(() => validate(job)).not.toThrow();
    expect(unknownFields(job)).toEqual([]);
  });

  it('would not, had it a value of a wrong type or a field that is not there', () => {
    const job = manifest();
    expect(() => validate({ ...job, spec: { ...job.spec, completions: '4' } })).toThrow('completions must be integer');

    expect(() => validate({ ...job, kind: 'Jobs' })).toThrow();
    const misspelt = { ...job, spec: { ...job.spec, backoffLimitPerIndx: 3 } };
    expect(unknownFields(misspelt).join()).toMatch(/backoffLimitPerIndx.* does not exist in type 'IJobSpec'/);
  });

  it('gives each pod its part of the sweep', () => {
    const { completions, parallelism, template } = manifest({ atOnce: '3' }).spec;
    expect({ completions, parallelism }).toEqual({ completions: 4, parallelism: 3 });
    const [container] = template.spec.containers;
    expect([...container!.command, ...container!.args].join(' ')).toBe(
      `agent-state work /results/trace/sweeps/${sweep.plan.id}.json --part $(JOB_COMPLETION_INDEX)/4 --jobs 1`,
    );
  });

  it('leaves an evicted pod the time to save itself, and lets another go on', () => {
    const { template, podFailurePolicy } = manifest({ leadTime: '200' }).spec;
    expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(200);
    const ignored = podFailurePolicy.rules.filter(({ action }) => action === 'Ignore');
    expect(ignored.flatMap(({ onExitCodes }) => onExitCodes?.values ?? [])).toEqual([130]);
    expect(ignored.flatMap(({ onPodConditions }) => onPodConditions ?? [])).toEqual([
      { type: 'DisruptionTarget', status: 'True' },
    ]);
  });

  it('asks for memory in the units of Kubernetes', () => {
    const memory = (mem: string) => manifest({ mem }).spec.template.spec.containers[0]!.resources.limits;
    expect(memory('4G')).toEqual({ cpu: '1', memory: '4Gi' });
    expect(memory('500')).toEqual({ cpu: '1', memory: '500Mi' });
  });

  it('has a name that hosts can bear, whatever the experiment is called', () => {
    const plan = { ...sweep.plan, experiment: `Trace_${'x'.repeat(80)}.v2` };
    const { name } = kubernetesManifest({ ...needs(), plan }).metadata;
    expect(name).toMatch(/^[a-z]([a-z0-9-]*[a-z0-9])?$/);
    expect(`${name}-9999`.length).toBeLessThanOrEqual(63);
  });

  it('is written as YAML that says the same', () => {
    const { path, text } = writeKubernetesJob(needs());
    expect(path).toContain(join('results', 'trace', 'kubernetes', `${sweep.plan.id}-1`, 'job.yaml'));
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(parse(text)).toEqual(manifest());
    expect(text).not.toMatch(/[&*]a1/);
    const again = writeKubernetesJob(needs());
    expect(parse(again.text).metadata.name).not.toBe(parse(text).metadata.name);
  });

  it('needs an image', () => {
    expect(() => kubernetesManifest({ ...needs(), options: readClusterOptions({}) })).toThrow(
      'Cannot write a Job for Kubernetes: no image is named; pass --image',
    );
  });
});

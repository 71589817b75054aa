/** job.sh: the batch script of one array task. It passes signals on, and puts itself back into the queue when it was cut short. */
import { clockTime, type ClusterOptions } from './cluster-options.ts';

export interface ScriptNeeds {
  readonly name: string; // of the job
  readonly folder: string; // of the submission: its output goes there
  readonly cwd: string;
  readonly work: readonly string[]; // the command up to its part: node main.js work plan.json
  readonly of: number;
  readonly parts: readonly number[];
  readonly options: ClusterOptions;
}

export function slurmScript({ name, folder, cwd, work, of, parts, options }: ScriptNeeds): string {
  const directives = [
    `--job-name=${name}`,
    `--chdir=${quoted(cwd)}`,
    `--output=${quoted(`${folder.replaceAll('%', '%%')}/%A_%a.log`)}`,
    '--open-mode=append',
    '--requeue',
    `--signal=B:TERM@${options.leadSeconds}`,
    `--time=${clockTime(options.seconds)}`,
    `--cpus-per-task=${options.cpus}`,
    ...(options.mem === null ? [] : [`--mem=${options.mem}`]),
    ...(options.account === null ? [] : [`--account=${options.account}`]),
    ...(options.partition === null ? [] : [`--partition=${options.partition}`]),
    ...options.slurm,
  ];
  const scratch = options.scratch === null ? '"${SLURM_TMPDIR:-}"' : shell(options.scratch);
  return `#!/bin/bash
# Written by agent-state. One argument: the number of the first task of this array (0).
${directives.map((directive) => `#SBATCH ${directive}`).join('\n')}

parts=(${parts.join(' ')})
part="\${parts[\${1:-0} + SLURM_ARRAY_TASK_ID]}"
job="\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}"

scratch=${scratch}
where=()
if [[ -n $scratch ]]; then where=(--scratch "$scratch"); fi

# Slurm signals this shell alone (B:). The trap also interrupts wait.
caught=
asked=
work=
trap 'caught=1; asked=1; [[ -n $work ]] && kill -TERM "$work" 2>/dev/null' TERM
${work.map(shell).join(' ')} --part "$part/${of}" --jobs ${options.cpus} "\${where[@]}" &
work=$!
[[ -n $caught ]] && kill -TERM "$work"
while :; do
  caught=
  wait "$work"
  code=$?
  [[ -z $caught ]] && break
done
[[ $code == 130 && -n $asked ]] || exit "$code"

# Everything is saved, not everything is done. A job that was cancelled, or that Slurm puts back itself, runs no more.
if scontrol show job --oneliner "$job" | grep -q ' JobState=RUNNING '; then
  scontrol requeue "$job" && exit 0
  echo "$job could not be put back into the queue: agent-state sweep --on slurm submits what is missing" >&2
fi
exit "$code"
`;
}

/** For bash. */
const shell = (word: string): string => (/^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** For a line of #SBATCH, which knows double quotes. */
const quoted = (text: string): string => (/\s/.test(text) ? `"${text}"` : text);

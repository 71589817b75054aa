/** The options of `agent-state sweep` that are about clusters; src/cluster/cluster-options.ts reads them. */
import { type Command, Option } from 'commander';

const collect = (value: string, before: string[]): string[] => [...before, value];

export function addClusterOptions(command: Command): Command {
  return command
    .addOption(new Option('--on <cluster>', 'submit instead of running here').choices(['slurm', 'kubernetes']))
    .option('--time <h:mm:ss>', 'of one turn of a task, then it is put back into the queue (default: 1:00:00)')
    .option('--lead-time <seconds>', 'before that end, for runs to save themselves (default: 180)')
    .option('--group <n>', 'runs per task (default: as many as take a quarter of --time)')
    .option('--at-once <n>', 'tasks at a time (default: 100)')
    .option('--cpus-per-task <n>', 'and runs side by side in a task (default: 1)')
    .option('--mem <size>', 'memory of a task, e.g. 4G')
    .option('--account <name>', 'of Slurm')
    .option('--partition <name>', 'of Slurm')
    .addOption(new Option('--slurm <option>', 'any other of sbatch, e.g. gres=gpu:1').argParser(collect).default([]))
    .option('--scratch <folder>', 'disk of the node to write runs on first (default: $SLURM_TMPDIR, where set)')
    .option('--image <image>', 'of Kubernetes, with agent-state on its PATH')
    .option('--volume-claim <name>', 'of Kubernetes, that holds the results folder (default: results)');
}

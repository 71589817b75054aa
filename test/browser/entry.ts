/** What is bundled, with the package's public names alone. */
import { makeEnv } from '@rl-tools/envs';
import { agentSchema, assemble, createInteraction, createReportChunk } from 'agent-state';
import columnar from 'agent-state/agents/columnar-td';
import { learn, type Outcome, type Task } from './learn.ts';

export const run = (task: Omit<Task, 'agent'>): Promise<Outcome> =>
  learn({ agentSchema, assemble, createInteraction, createReportChunk, makeEnv }, { ...task, agent: columnar });

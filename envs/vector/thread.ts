/** A thread of an AsyncVectorEnv: makes its environments, then sleeps until it is asked for something. */
import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { Info } from '../env.ts';
import { EnvSpec } from '../env-spec.ts';
import { make } from '../make.ts';
import { setWrapperAttr } from '../wrapper-attr.ts';
import { row } from './memory.ts';
import { type Answer, failureOf, type Request, type ThreadData, word } from './protocol.ts';
import { forEach, SubEnv } from './sub-env.ts';
import { callAttr } from './sync-vector-env.ts';

const { spec, options, indices, autoresetMode, memory, control, port } = workerData as ThreadData;
let isOpen = true;

function perform(request: Request, subs: readonly SubEnv[]): Answer {
  switch (request.kind) {
    case 'step':
      return told(forEach(subs, (sub, k) => sub.step(actionOf(sub, indices[k]!))));
    case 'reset':
      return told(forEach(subs, (sub, k) => (request.plan[k] === null ? null : sub.reset(request.plan[k]))));
    case 'call':
      return { results: subs.map(({ env }) => callAttr(env, request.name, request.args)) };
    case 'set':
      subs.forEach(({ env }, k) => setWrapperAttr(env, request.name, request.values[k]));
      return {};
    case 'save':
      return { results: subs.map((sub) => sub.save()) };
    case 'load':
      subs.forEach((sub, k) => sub.load(request.saved[k]));
      return {};
    case 'close':
      isOpen = false;
      for (const { env } of subs) env.close();
      return {};
  }
}

function actionOf({ env: { actionSpace } }: SubEnv, i: number): ReturnType<typeof actionSpace.unflatten> {
  return actionSpace.unflatten(row(memory.actions, i, actionSpace.size));
}

function told(infos: readonly (Info | null)[]): Answer {
  return infos.every((info) => info !== null && Object.keys(info).length === 0) ? {} : { infos };
}

function attempt(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

function reply(answer: Answer): void {
  const isTold = Object.keys(answer).length > 0;
  if (isTold) {
    try {
      port.postMessage(answer);
    } catch (error) {
      // What cannot pass between threads, such as an info that holds a function.
      port.postMessage({ failure: failureOf(error) });
    }
  }
  Atomics.store(control, word.told, isTold ? 1 : 0);
  Atomics.add(control, word.answer, 1);
  Atomics.notify(control, word.answer);
}

async function makeAll(): Promise<SubEnv[]> {
  const one = EnvSpec.fromJSON(spec);
  const envs = await Promise.all(indices.map(() => make(one, options)));
  return envs.map((env, k) => new SubEnv(env, indices[k]!, autoresetMode, memory));
}

// An environment that ends the process must not leave the other side waiting.
process.on('exit', () => isOpen && reply({ failure: failureOf(new Error('an environment ended its thread')) }));

let subs: readonly SubEnv[] = [];
try {
  subs = await makeAll();
  reply({});
} catch (error) {
  isOpen = false;
  reply({ failure: failureOf(error) });
}
for (let answered = 0; isOpen; answered++) {
  Atomics.wait(control, word.request, answered);
  const request = receiveMessageOnPort(port)?.message as Request;
  reply(attempt(() => perform(request, subs)));
}
port.close();

/**
 * node --experimental-vm-modules run-in-context.mjs <folder> <entry> <tasks as JSON>: runs a bundle where there is nothing
 * but the language and what a Web Worker has, none of Node's globals, and prints what its `run` answers.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';

const { Headers, performance, setTimeout, clearTimeout, queueMicrotask, MessageChannel, TextEncoder, TextDecoder } =
  globalThis;
const [folder, entry, tasks] = process.argv.slice(2);
const SITE = 'https://site.test/';
const file = (url) => join(folder, new URL(url, SITE).pathname);

const fetched = [];
const fetch = async (url) => {
  fetched.push(new URL(url).pathname);
  const bytes = readFileSync(file(url));
  return {
    ok: true,
    status: 200,
    headers: new Headers({ 'content-type': 'application/octet-stream' }),
    arrayBuffer: async () => new Uint8Array(bytes).buffer,
  };
};
const web = {
  URL,
  performance,
  setTimeout,
  clearTimeout,
  queueMicrotask,
  MessageChannel,
  TextEncoder,
  TextDecoder,
  fetch,
};
const context = vm.createContext({ ...web, location: new URL(SITE) });
vm.runInContext('globalThis.self = globalThis', context);

const modules = new Map();
function load(url) {
  if (!modules.has(url)) {
    const module = new vm.SourceTextModule(readFileSync(file(url), 'utf8'), {
      context,
      identifier: url,
      initializeImportMeta: (meta) => (meta.url = url),
      importModuleDynamically: async (specifier, { identifier }) => ready(new URL(specifier, identifier).href),
    });
    modules.set(url, module);
  }
  return modules.get(url);
}
async function ready(url) {
  const module = load(url);
  if (module.status === 'unlinked')
    await module.link((specifier, { identifier }) => load(new URL(specifier, identifier).href));
  await module.evaluate();
  return module;
}

const { namespace } = await ready(new URL(entry, SITE).href);
const outcomes = [];
for (const task of JSON.parse(tasks)) outcomes.push(await namespace.run(task));
const nodes = vm.runInContext(
  "['process', 'Buffer', 'setImmediate', 'require', 'global'].filter((name) => name in globalThis)",
  context,
);
console.log(JSON.stringify({ outcomes, fetched, nodes }));

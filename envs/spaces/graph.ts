import { EnvError } from '../errors.ts';
import type { Rng } from '../rng.ts';
import { batchSpace, stackAll, unstackAll } from './batch.ts';
import { listFromJson, nest, numbersFromJson } from './nested.ts';
import { checkSpace } from './parts.ts';
import { itemsOrNull } from './sequence.ts';
import type { Element, SampleOptions, Space } from './space.ts';
import { partsOf, steering } from './steer.ts';

/** Nodes and edges are batches, as `concatenate` makes them; edge i leads from edgeLinks[2i] to edgeLinks[2i + 1]. */
export interface GraphInstance {
  /** [nodes x ...], one element of the node space after the other. */
  readonly nodes: Element;
  /** [edges x ...], as `nodes`; null: there are none. */
  readonly edges: Element | null;
  readonly edgeLinks: Int32Array | null; // [2 x edges]
}

/** How many nodes and edges a sample has, beside what steers it. */
export interface GraphSampleOptions extends SampleOptions<readonly [nodes: unknown, edges: unknown]> {
  /** Default 10. */
  readonly numNodes?: number | undefined;
  /** Default: 0 .. n (n - 1) - 1, all alike, for n > 1 nodes, else 0. */
  readonly numEdges?: number | undefined;
}

/** Graphs whose nodes and edges are elements of two spaces; without edge space they have no edges. Without a flat form. */
export interface Graph extends Space<GraphInstance> {
  readonly kind: 'graph';
  /** Of one node. */
  readonly nodeSpace: Space<unknown>;
  /** Of one edge; null: edges carry nothing. */
  readonly edgeSpace: Space<unknown> | null;
  /**
   * What steers the batch of nodes, and the batch of edges; without `numEdges` the latter steers every single edge.
   * The ends of an edge are uniform over the nodes; they may be the same node.
   */
  sample(rng: Rng, how?: GraphSampleOptions): GraphInstance;
}

/** Graph(nodeSpace, edgeSpace): elements hold a batch of nodes, of edges where there is an edge space, and its links. */
export function graph(nodeSpace: Space<unknown>, edgeSpace: Space<unknown> | null = null): Graph {
  checkSpace('Graph', nodeSpace);
  if (edgeSpace !== null) checkSpace('Graph', edgeSpace);
  const text = `Graph(${nodeSpace}, ${edgeSpace})`;
  const batches = { nodes: batchSpace(nodeSpace), edges: edgeSpace === null ? null : batchSpace(edgeSpace) };
  const space: Graph = {
    kind: 'graph',
    shape: [],
    size: 0,
    dtype: null,
    isFlattenable: false,
    nodeSpace,
    edgeSpace,
    contains(x): x is GraphInstance {
      if (typeof x !== 'object' || x === null) return false;
      const { nodes, edges, edgeLinks } = x as Partial<GraphInstance>;
      const all = itemsOrNull(batches.nodes, nodes);
      if (all === null || !all.every((node) => nodeSpace.contains(node))) return false;
      if (edges === null || edgeLinks === null) return edges === null && edgeLinks === null;
      const links = batches.edges === null ? null : itemsOrNull(batches.edges, edges);
      return links !== null && links.every((edge) => edgeSpace!.contains(edge)) && areLinks(edgeLinks, all, links);
    },
    sample: (rng, how) => sampleGraph(rng, space, how, text),
    flatten() {
      throw new EnvError(`Cannot flatten an element of ${text} into one array: its length varies`);
    },
    unflatten() {
      throw new EnvError(`Cannot unflatten one array into ${text}: the length of its elements varies`);
    },
    toJsonable: (samples) => samples.map((x) => toJson(x, space)),
    fromJsonable: (json) => listFromJson(json).map((x) => fromJson(x, space, text)),
    equals: (other) => isGraph(other) && other.nodeSpace.equals(nodeSpace) && sameEdges(other.edgeSpace, edgeSpace),
    toJSON: () => ({ kind: 'graph', nodeSpace: nodeSpace.toJSON(), edgeSpace: edgeSpace?.toJSON() ?? null }),
    toString: () => text,
  };
  return space;
}

function isGraph(space: Space<unknown>): space is Graph {
  return space.kind === 'graph';
}

function sameEdges(a: Space<unknown> | null, b: Space<unknown> | null): boolean {
  return a === null || b === null ? a === b : a.equals(b);
}

function areLinks(links: unknown, nodes: readonly unknown[], edges: readonly unknown[]): boolean {
  const isInside = (end: number): boolean => end >= 0 && end < nodes.length;
  return links instanceof Int32Array && links.length === 2 * edges.length && links.every(isInside);
}

function sampleGraph(rng: Rng, space: Graph, how: GraphSampleOptions = {}, text: string): GraphInstance {
  const { numNodes = 10, numEdges } = how;
  checkCount('numNodes', numNodes, 1, text);
  if (numEdges !== undefined) checkCount('numEdges', numEdges, 0, text);
  const steer = steering(rng, how, text);
  const [forNodes, forEdges] = steer === null ? [] : partsOf(steer, 2, text);
  const options = (value: unknown): SampleOptions | undefined => (steer === null ? undefined : { [steer.by]: value });
  const m = numEdges ?? (numNodes > 1 ? rng.integer(0, numNodes * (numNodes - 1) - 1) : 0);
  const nodes = batchSpace(space.nodeSpace, numNodes).sample(rng, options(forNodes));
  if (m === 0 || space.edgeSpace === null) return { nodes, edges: null, edgeLinks: null };
  const isForEach = numEdges === undefined && (forEdges ?? null) !== null;
  const perEdge = isForEach ? new Array<unknown>(m).fill(forEdges) : forEdges;
  const edges = batchSpace(space.edgeSpace, m).sample(rng, options(perEdge));
  return { nodes, edges, edgeLinks: new Int32Array(2 * m).map(() => rng.integer(0, numNodes - 1)) };
}

function checkCount(name: string, count: number, least: number, text: string): void {
  if (Number.isSafeInteger(count) && count >= least) return;
  throw new EnvError(`Cannot sample ${text}: ${name} must be an integer >= ${least}, got ${count}`);
}

function toJson({ nodes, edges, edgeLinks }: GraphInstance, { nodeSpace, edgeSpace }: Graph): unknown {
  const json = { nodes: [nodeSpace.toJsonable(unstackAll(nodeSpace, nodes))] };
  if (edges === null || edgeLinks === null || edgeSpace === null) return json;
  return {
    ...json,
    edges: [edgeSpace.toJsonable(unstackAll(edgeSpace, edges))],
    edge_links: nest(edgeLinks, [edgeLinks.length / 2, 2]),
  };
}

function fromJson(json: unknown, { nodeSpace, edgeSpace }: Graph, text: string): GraphInstance {
  const { nodes, edges, edge_links: links } = (json ?? {}) as Record<string, unknown>;
  const batch = (space: Space<unknown>, x: unknown): Element => stackAll(space, space.fromJsonable(listFromJson(x)[0]));
  if (edges === undefined) return { nodes: batch(nodeSpace, nodes), edges: null, edgeLinks: null };
  if (edgeSpace === null)
    throw new EnvError(`Cannot read ${text} from JSON: there are edges, and it has no edge space`);
  return {
    nodes: batch(nodeSpace, nodes),
    edges: batch(edgeSpace, edges),
    edgeLinks: Int32Array.from(numbersFromJson(links)),
  };
}

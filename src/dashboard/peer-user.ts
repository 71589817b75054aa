/**
 * Whose process is at the other end of a connection within this machine: a loopback port is open to every user of it.
 * Linux tells (/proc/net/tcp: local and remote address in hexadecimal, the user in the eighth field, the file in the tenth).
 */
import { readFile } from 'node:fs/promises';
import { isIPv4 } from 'node:net';
import { endianness } from 'node:os';

export interface Ends {
  readonly remoteAddress?: string | undefined; // the peer's own: any address of this machine, not only loopback ones
  readonly remotePort?: number | undefined;
  readonly localAddress?: string | undefined; // ours
  readonly localPort?: number | undefined;
}

/** 'nobody': it is closed, or not of this machine, and no answer would be read; null: the system does not say. */
export function peerUser(ends: Ends, tables: readonly string[]): number | 'nobody' | null {
  const { remoteAddress = '', remotePort = 0, localAddress = '', localPort = 0 } = ends;
  const [theirs, ours] = [writtenAs(remoteAddress, remotePort), writtenAs(localAddress, localPort)];
  let isTold = false;
  for (const line of tables.flatMap((table) => table.split('\n'))) {
    const fields = line.trim().split(/\s+/);
    if (fits(fields, ours, theirs)) isTold = true; // our own end
    if (fits(fields, theirs, ours)) return fields[9] === '0' ? 'nobody' : Number(fields[7]); // one that is closed is told as root's
  }
  return isTold ? 'nobody' : null;
}

const fits = ([, from, to]: readonly string[], a: readonly string[], b: readonly string[]): boolean =>
  a.some((word, i) => word === from && b[i] === to);

const TRIES = 3; // a table that changes while it is read may lack a line

/** Root may look at everything anyway. */
export async function isSameUser(ends: Ends): Promise<boolean> {
  const own = process.getuid?.();
  if (own === undefined) return true;
  for (let i = 0; i < TRIES; i++) {
    const user = peerUser(ends, await tables());
    if (user !== 'nobody') return user === null || user === own || user === 0;
  }
  return false;
}

let running: Promise<string[]> | null = null;
let next: Promise<string[]> | null = null;

/** As they are at some time after the call. Reading them takes milliseconds: one reading answers all who wait. */
function tables(): Promise<string[]> {
  if (running === null) return (running = readTables().finally(() => (running = null)));
  return (next ??= running.then(() => {
    next = null;
    return tables();
  }));
}

const readTables = (): Promise<string[]> =>
  Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')));

/** One of IPv4 as itself and as IPv6 writes it: the two ends may be of either kind. */
function writtenAs(address: string, port: number): string[] {
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const four = address.replace(/^::ffff:/i, '');
  if (!isIPv4(four)) return [`${words(sixOf(address))}${end}`];
  const bytes = four.split('.').map(Number);
  return [`${words(bytes)}${end}`, `${words([...Array<number>(10).fill(0), 255, 255, ...bytes])}${end}`];
}

function sixOf(address: string): number[] {
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const groups = (text = ''): number[] => (text === '' ? [] : text.split(':').map((group) => parseInt(group, 16)));
  const [before, after] = [groups(head), groups(tail)];
  const all = [...before, ...Array<number>(Math.max(0, 8 - before.length - after.length)).fill(0), ...after];
  return all.flatMap((group) => [group >> 8, group & 255]);
}

/** Words of four bytes are in the machine's order. */
function words(bytes: readonly number[]): string {
  const turned = (i: number): number => (endianness() === 'LE' ? (i & ~3) + 3 - (i & 3) : i);
  return bytes.map((_, i) => bytes[turned(i)]!.toString(16).toUpperCase().padStart(2, '0')).join('');
}

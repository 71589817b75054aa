/**
 * Whose process is at the other end of a connection within this machine: a loopback port is open to every user of it.
 * Linux tells (/proc/net/tcp: local and remote address in hexadecimal, the user in the eighth field).
 */
import { readFile } from 'node:fs/promises';

interface Ends {
  readonly remotePort?: number | undefined; // the peer's own
  readonly localPort?: number | undefined; // ours
}

/** null: the system does not say. */
export function peerUser({ remotePort, localPort }: Ends, tables: readonly string[]): number | null {
  if (remotePort === undefined || localPort === undefined) return null;
  const [own, ours] = [hex(remotePort), hex(localPort)];
  for (const table of tables) {
    for (const line of table.split('\n')) {
      const fields = line.trim().split(/\s+/);
      if (fields[1]?.endsWith(`:${own}`) && fields[2]?.endsWith(`:${ours}`) && isLocal(fields[1]))
        return Number(fields[7]);
    }
  }
  return null;
}

/** Root may look at everything anyway. */
export async function isSameUser(ends: Ends): Promise<boolean> {
  const own = process.getuid?.();
  const user = own === undefined ? null : peerUser(ends, await tables());
  return user === null || user === own || user === 0;
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

const hex = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0');

/** 127.x.x.x, ::1, or the former as the latter writes it; words of four bytes are in the machine's order. */
function isLocal(address: string): boolean {
  const [ip = ''] = address.split(':');
  return ip.length === 8 ? ip.endsWith('7F') : /^0{24}01000000$|^0{16}FFFF0000[0-9A-F]{6}7F$/.test(ip);
}

const readTables = (): Promise<string[]> =>
  Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')));

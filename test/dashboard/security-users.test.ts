/** Processes of other users of this machine, to whom a loopback port is open as well, are turned away. */
import { execFile } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { peerUser } from '../../src/dashboard/peer-user.ts';
import { openDashboard } from '../support/dashboards.ts';
import { tempFolder } from '../support/temp.ts';

describe('who is at the other end of a connection', () => {
  const line = (local: string, remote: string, user: number, file = 7) =>
    `  1: ${local} ${remote} 01 00000000:00000000 00:00000000 00000000  ${user}  0 ${file} 1 0 20 4 30 10 -1`;
  const between = (remoteAddress: string, localAddress = '127.0.0.1') => ({
    ...{ remoteAddress, remotePort: 0xabcd },
    ...{ localAddress, localPort: 0x1e25 },
  });
  const ours = line('0100007F:1E25', '0100007F:ABCD', 7);

  it('is told by the line of its own end, of either kind of address', () => {
    const theirs = line('0100007F:ABCD', '0100007F:1E25', 1001);
    expect(peerUser(between('127.0.0.1'), ['', `  sl  local_address\n${ours}\n${theirs}`])).toBe(1001);
    const six = (word: string) => line(`${word}:ABCD`, `${word}:1E25`, 1002);
    expect(peerUser(between('::1', '::1'), ['', six('00000000000000000000000001000000')])).toBe(1002);
    expect(peerUser(between('127.0.0.1'), ['', six('0000000000000000FFFF00000100007F')])).toBe(1002);
    expect(peerUser(between('::ffff:127.0.0.1', '::ffff:127.0.0.1'), [theirs])).toBe(1001);
  });

  it('and by no other: the same ports between other addresses are another connection', () => {
    const lines = [
      line('0505057F:ABCD', '0100007F:1E25', 8),
      line('0100007F:ABCE', '0100007F:1E25', 8),
      line('0100007F:ABCD', '0200007F:1E25', 8),
    ];
    expect(peerUser(between('127.0.0.1'), [[ours, ...lines].join('\n')])).toBe('nobody');
    expect(peerUser(between('127.5.5.5'), [[ours, ...lines].join('\n')])).toBe(8);
  });

  it('also where it comes by an address of this machine that is no loopback one', () => {
    expect(peerUser(between('192.0.2.2'), [line('020200C0:ABCD', '0100007F:1E25', 1003)])).toBe(1003);
  });

  it('one that is closed already, which the system then tells as root, is nobody', () => {
    expect(peerUser(between('127.0.0.1'), [line('0100007F:ABCD', '0100007F:1E25', 0, 0)])).toBe('nobody');
    expect(peerUser(between('127.0.0.1'), [line('0100007F:ABCD', '0100007F:1E25', 0)])).toBe(0);
  });

  it('nothing is known where the system does not even tell our own end', () => {
    expect(peerUser(between('127.0.0.1'), ['', ''])).toBeNull();
    expect(peerUser(between('127.0.0.1'), [ours])).toBe('nobody');
  });
});

/** Another user can only be had by root. */
describe.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)('another user', () => {
  const own = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
  const froms = ['127.0.0.1', '127.5.5.5', ...(own === undefined ? [] : [own])];
  /** What a process of that user hears, who connects from that address. */
  const heard = (port: number, uid: number, from: string): Promise<string> => {
    const script = `const s = require('node:net').connect({ port: ${port}, host: '127.0.0.1', localAddress: '${from}' });
      s.on('error', () => undefined).pipe(process.stdout);
      s.write('GET /api/session HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n');`;
    return new Promise((done) =>
      execFile(process.execPath, ['-e', script], { uid, gid: uid, cwd: '/' }, (_, out) => done(out)),
    );
  };

  it.each(froms)('is turned away, from %s too; root is not', { timeout: 20_000 }, async (from) => {
    const { port } = await openDashboard(tempFolder());
    const [other, root] = [await heard(port, 65_534, from), await heard(port, 0, from)];
    expect(other).toMatch(/^HTTP\/1\.1 403 /);
    expect(other).not.toContain('csrf');
    expect(root).toMatch(/^HTTP\/1\.1 200 /);
    expect(root).toContain('csrf');
  });
});

/** Lines of JSON over a socket, in both directions. */
import type { Socket } from 'node:net';

/** A line that is none, or longer than `most` bytes, ends the connection. */
export function onLines<T>(socket: Socket, most: number, hear: (message: T) => void): void {
  let rest = '';
  socket.setEncoding('utf8').on('data', (data: string | Buffer) => {
    rest += String(data);
    const lines = rest.split('\n');
    rest = lines.pop()!;
    if (rest.length > most) return void socket.destroy();
    for (const line of lines) {
      if (socket.destroyed) return;
      const message = parsed<T>(line, most);
      if (message === null) return void socket.destroy();
      hear(message);
    }
  });
}

function parsed<T>(line: string, most: number): T | null {
  if (line.length > most) return null;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' ? (value as T) : null;
  } catch {
    return null;
  }
}

export function sendLine(socket: Socket, message: object): void {
  sendText(socket, JSON.stringify(message));
}

/** Of a message that is JSON already. */
export function sendText(socket: Socket, text: string): void {
  if (!socket.destroyed && socket.writable) socket.write(`${text}\n`);
}

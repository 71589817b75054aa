import { BusyError } from './busy-error.ts';
import { BEAT, isLease, takeLease } from './lease.ts';

interface Hold {
  readonly onLost?: () => void;
  readonly dead?: string | undefined; // a holder that is known to be dead
}

/**
 * The lease of a path, kept alive until it is released, which a process that ends does by itself. `onLost`: somebody else
 * took this process for dead and follows it; nothing may be written any more. Throws `BusyError` where another holds it.
 */
export function holdLease(path: string, { onLost = () => process.exit(1), dead }: Hold = {}): { release(): void } {
  const lease = takeLease(path, { dead });
  if (!isLease(lease)) throw new BusyError(path, lease);
  const beats = setInterval(() => lease.beat() || onLost(), BEAT).unref();
  return {
    release() {
      clearInterval(beats);
      lease.release();
    },
  };
}

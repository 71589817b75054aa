/** Where things will lie in a memory that is not made yet: addresses go up, nothing is given back. */
const ALIGNMENT = 64; // bytes, a cache line
const FIRST = 1024; // addresses below stay unused

export interface MemoryPlan {
  /** Room for so many bytes; returns the address. */
  take(bytes: number): number;
  /** Room for whole numbers that the host writes when the memory is there. */
  table(numbers: ArrayLike<number>): number;
  readonly bytes: number;
  readonly tables: readonly (readonly [address: number, numbers: ArrayLike<number>])[];
}

export function memoryPlan(): MemoryPlan {
  let end = FIRST;
  const tables: [number, ArrayLike<number>][] = [];
  const take = (bytes: number): number => {
    const address = end;
    end = Math.ceil((end + bytes) / ALIGNMENT) * ALIGNMENT;
    return address;
  };
  return {
    take,
    table(numbers) {
      const address = take(4 * numbers.length);
      tables.push([address, numbers]);
      return address;
    },
    get bytes() {
      return end;
    },
    tables,
  };
}

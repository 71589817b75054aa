/** The part of WebAssembly that the compiled path uses; TypeScript has these types in its browser library alone. */
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer | SharedArrayBuffer;
  }
  type Module = object;
  interface Instance {
    readonly exports: Record<string, unknown>;
  }
  interface Global {
    value: unknown;
  }
  const Memory: new (descriptor: { initial: number; maximum: number; shared?: boolean }) => Memory;
  const Module: new (bytes: Uint8Array) => Module;
  const Instance: new (module: Module, imports: Record<string, Record<string, unknown>>) => Instance;
  function validate(bytes: Uint8Array): boolean;
  function compile(bytes: ArrayBuffer | Uint8Array): Promise<Module>;
  function compileStreaming(response: Response | Promise<Response>): Promise<Module>;
}

/** What a run and whoever watches it say to each other, a line of JSON each (src/run/live-socket.ts). */
import type { Command, ControlState } from './control.ts';

export type ToRun =
  | { readonly folder: string } // first: which run is meant
  | ({ readonly id: number } & Command);

export type FromRun =
  | { readonly state: ControlState } // at first, and when it changes
  | { readonly done: number; readonly state: ControlState } // the command of that id
  | { readonly gone: true }; // this process is not, or no longer, at that run

export const LINE = 1 << 16; // bytes of a line to a run, at most

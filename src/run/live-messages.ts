/** What a run and whoever watches it say to each other, a line of JSON each (src/run/live-socket.ts). */
import type { Command, ControlState } from './control.ts';
import type { Frame } from './frame.ts';

export type ToRun =
  | { readonly folder: string } // first: which run is meant
  | { readonly watch: boolean } // frames of its inside, please, or no more
  | ({ readonly id: number } & Command);

export type FromRun =
  | { readonly state: ControlState } // at first, and when it changes
  | { readonly done: number; readonly state: ControlState } // the command of that id
  | { readonly frame: Frame }
  | { readonly gone: true }; // this process is not, or no longer, at that run

export const LINE = 1 << 16; // bytes of a line to a run, at most

import { createContext, use, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Drill, DrillMode } from '../../src/drills.ts';
import type { DrillJudge } from './judge/DrillJudge.ts';
import { readSheet, type Sheet } from './session/Sheet.ts';
import type { SheetLog } from './session/SheetLog.ts';

/** What one window of a drill works with. */
export interface Room {
  /** Whole for windows that hold the key, else the script. */
  drill: Drill;
  role: DrillMode;
  /** Name of the session; empty for a window alone. */
  session: string;
  log: SheetLog;
  judge: DrillJudge;
  /** Once the sheet is done: for the list of drills. */
  keepsScore: boolean;
}

/** The room around every part of a drill. */
export const RoomContext = createContext<Room | null>(null);

/** The room that a component stands in. */
export function useRoom(): Room {
  const room = use(RoomContext);
  if (room === null) throw new Error('A part of a drill stands outside of its room.');
  return room;
}

/** The sheet as it is now. */
export function useSheet(): Sheet {
  const { drill, role, log } = useRoom();
  const state = useStore(log.store);
  return useMemo(() => readSheet(drill, role, state), [drill, role, state]);
}

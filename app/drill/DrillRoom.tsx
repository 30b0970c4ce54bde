import { useEffect, useState } from 'react';
import type { Drill, DrillMode } from '../../src/drills.ts';
import { safeStorage } from '../stores/safeStorage.ts';
import { AudienceView } from './AudienceView.tsx';
import styles from './Drill.module.css';
import { InterviewerView } from './interviewer/InterviewerView.tsx';
import { DrillJudge } from './judge/DrillJudge.ts';
import { LearnerView } from './LearnerView.tsx';
import { type Room, RoomContext } from './room.ts';
import { readKept } from './session/keptSheet.ts';
import { holdsKey } from './session/SheetAct.ts';
import { SheetLog } from './session/SheetLog.ts';
import { broadcastTransport } from './session/Transport.ts';

interface DrillRoomProps {
  /** Whole for solo and interviewer, the script alone for candidate and audience. */
  drill: Drill;
  role?: DrillMode;
  /** Windows of one session work on one sheet; a window alone has none. */
  session?: string;
  /** Whether the browser keeps the sheet and its score. An editor's preview keeps nothing. */
  keeps?: boolean;
  /** Told of each room that opens, for whoever follows the sheet from outside. */
  onOpen?: (room: Room) => void;
}

/** A drill as it is worked at in this window: its log, its judge, and the view of the role. */
export function DrillRoom({ drill, role = 'solo', session = '', keeps = true, onOpen }: DrillRoomProps) {
  const [opened, setOpened] = useState<{ room: Room; notice: string } | null>(null);
  useEffect(() => {
    const { room, notice } = openRoom(drill, role, session, keeps);
    const stop = room.log.start();
    // A room is channels, a timer and a worker: it is opened with the component and closed with it.
    // oxlint-disable-next-line react/set-state-in-effect
    setOpened({ room, notice });
    onOpen?.(room);
    return () => {
      stop();
      room.judge.close();
      setOpened(null);
    };
  }, [drill, role, session, keeps, onOpen]);
  if (opened === null) return <p className={styles.quiet}>The drill is being opened.</p>;
  return (
    <RoomContext value={opened.room}>
      {opened.notice !== '' && (
        <p role="alert" className={styles.notice}>
          {opened.notice}
        </p>
      )}
      {role === 'interviewer' ? <InterviewerView /> : role === 'audience' ? <AudienceView /> : <LearnerView />}
    </RoomContext>
  );
}

function openRoom(drill: Drill, role: DrillMode, session: string, keeps: boolean): { room: Room; notice: string } {
  const storage = keeps ? safeStorage() : forgetful;
  const name = ['hotpath.drill', drill.id, ...(session === '' ? [] : [session, role])].join('.');
  const found = readKept(storage, name, drill.hash);
  const log = new SheetLog({
    role,
    hash: drill.hash,
    name,
    storage,
    ...(found !== null && 'sheet' in found ? { kept: found.sheet } : {}),
    open: session === '' ? null : broadcastTransport(`hotpath.drill.${drill.id}.${session}`),
    withKey: session !== '' && holdsKey(role) ? broadcastTransport(`hotpath.drill.${drill.id}.${session}.key`) : null,
  });
  const room: Room = { drill, role, session, log, judge: new DrillJudge(drill), keepsScore: keeps && role === 'solo' };
  return { room, notice: found !== null && 'notice' in found ? found.notice : '' };
}

const forgetful = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };

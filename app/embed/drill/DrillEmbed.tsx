import { useCallback, useState } from 'react';
import styles from '../../drill/Drill.module.css';
import { DrillRoom } from '../../drill/DrillRoom.tsx';
import type { Room } from '../../drill/room.ts';
import { useDrill } from '../../drill/useDrill.ts';
import { type Embedded, useUnit } from '../Embedded.ts';
import { Refused } from '../Refused.tsx';
import { DrillUnit, drillCommands } from './DrillUnit.ts';

/** A drill as an embed, in the role that the address gives. */
export function DrillEmbed({ id, embedded }: { id: string; embedded: Embedded }) {
  const { role, session } = embedded.parameters.values;
  const loaded = useDrill(id, role);
  const [room, setRoom] = useState<Room | null>(null);
  if (loaded === null) return <p aria-busy="true">The drill is being opened.</p>;
  if ('problem' in loaded) return <Refused text={loaded.problem} />;
  return (
    <article className={styles.room} data-role={role}>
      <header className={styles.header}>
        <h1>{loaded.drill.title}</h1>
      </header>
      <DrillRoom
        drill={loaded.drill}
        role={role}
        session={role === 'solo' ? '' : (session ?? 'main')}
        onOpen={setRoom}
      />
      {room !== null && <Commands room={room} embedded={embedded} />}
    </article>
  );
}

function Commands({ room, embedded }: { room: Room; embedded: Embedded }) {
  const { drill } = room;
  const { outlet, parameters } = embedded;
  const { learner } = parameters.values;
  const make = useCallback(() => new DrillUnit(room, outlet, learner), [room, outlet, learner]);
  useUnit(embedded, make, {
    kind: 'drill',
    id: drill.id,
    title: drill.title,
    steps: drill.steps.length,
    duration: null,
    does: drillCommands,
  });
  return null;
}

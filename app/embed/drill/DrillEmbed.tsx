import { useCallback, useEffect, useMemo, useState } from 'react';
import { seedFor } from '../../../src/drills.ts';
import styles from '../../drill/Drill.module.css';
import { DrillRoom } from '../../drill/DrillRoom.tsx';
import type { Room } from '../../drill/room.ts';
import { useDrill } from '../../drill/useDrill.ts';
import { type Embedded, useUnit } from '../Embedded.ts';
import { Refused } from '../Refused.tsx';
import { DrillUnit, drillCommands } from './DrillUnit.ts';

/** A drill as an embed, in the role that the address gives. */
export function DrillEmbed({ id, embedded }: { id: string; embedded: Embedded }) {
  const { role, session, seed, learner } = embedded.parameters.values;
  const { warn } = embedded;
  const fetched = useDrill(id, role);
  const [room, setRoom] = useState<Room | null>(null);
  const loaded = useMemo(() => {
    if (fetched === null || 'problem' in fetched || (seed === undefined && learner === undefined)) return fetched;
    // The page around says which variant it is: by its seed, or by who sits before it.
    const { drill } = fetched;
    return { drill: { ...drill, seed: seed ?? seedFor(drill, learner), variants: [] } };
  }, [fetched, seed, learner]);
  const alone = role !== 'solo' && window.origin === 'null' && location.protocol !== 'file:';
  useEffect(() => {
    if (alone)
      warn('role', 'In a sandboxed frame the windows of a session cannot hear one another. Open the drill itself.');
  }, [alone, warn]);
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
  const { learner, results } = parameters.values;
  const make = useCallback(
    () => new DrillUnit(room, outlet, { learner, xapi: results.includes('xapi') }),
    [room, outlet, learner, results],
  );
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

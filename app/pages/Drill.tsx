import { Link, useParams } from 'wouter';
import type { DrillMode } from '../../src/drills.ts';
import { DrillRoom } from '../drill/DrillRoom.tsx';
import { useDrill } from '../drill/useDrill.ts';
import { useDrillQuery } from '../drill/useDrillQuery.ts';
import styles from '../drill/Drill.module.css';
import { levelTitles } from '../drill/levelTitles.ts';
import { useTitle } from './frame/useTitle.ts';

/** One drill, in the window of whoever works at it: `#/drill/<id>?role=candidate&session=abc`. */
export function Drill() {
  const { drill: id } = useParams<{ drill: string }>();
  const { role, session, notice } = useDrillQuery();
  const loaded = useDrill(id, role);
  const title = loaded !== null && 'drill' in loaded ? loaded.drill.title : 'Drill';
  useTitle(title);
  return (
    <article className={styles.room} data-role={role}>
      <header className={styles.header}>
        <p className={styles.place}>
          <Link href="/drills">Drills</Link>
          {loaded !== null && 'drill' in loaded && (
            <>
              {' '}
              · {levelTitles[loaded.drill.level]} · {loaded.drill.skills.join(', ')}
            </>
          )}
          {role !== 'solo' && ` · ${roleTitles[role]}`}
        </p>
        <h1>{loaded !== null && 'problem' in loaded ? 'No such drill' : title}</h1>
      </header>
      {notice !== '' && (
        <p role="alert" className={styles.notice}>
          {notice}
        </p>
      )}
      {loaded === null ? (
        <p className={styles.quiet} aria-busy="true">
          The drill is being fetched.
        </p>
      ) : 'problem' in loaded ? (
        <p role="alert" className={styles.notice}>
          {loaded.problem}
        </p>
      ) : (
        <DrillRoom drill={loaded.drill} role={role} session={session} />
      )}
    </article>
  );
}

const roleTitles: Record<DrillMode, string> = {
  solo: 'alone',
  candidate: 'candidate',
  interviewer: 'interviewer',
  audience: 'audience',
};

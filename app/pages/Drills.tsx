import { Link } from 'wouter';
import { drillIndex } from '../content/drills.ts';
import { type DrillScore, useDrillScores } from '../drill/results.ts';
import { levelTitles } from '../drill/levelTitles.ts';
import { formatNumber } from '../ui/format.ts';
import styles from './Drills.module.css';
import { PageHead } from './frame/PageHead.tsx';
import { useTitle } from './frame/useTitle.ts';

const levels = ['junior', 'mid', 'senior'] as const;

/** Every drill by level, with its skills, its minutes and the best score in this browser. */
export function Drills() {
  useTitle('Drills');
  const best = useDrillScores((scores) => scores.best);
  return (
    <div className={styles.page}>
      <PageHead
        title="Drills"
        lead={
          drillIndex.length > 0 ? (
            'A system breaks, and you say why. Predict, watch, fix it and explain it, alone or across from somebody who asks. Every failure is a finding.'
          ) : (
            <>
              There is no drill in this build. The <Link href="/gallery">gallery</Link> has systems that break, too.
            </>
          )
        }
      >
        <p>
          <Link href="/review">Review</Link> what you have learned, a few questions a day, or{' '}
          <Link href="/drills/edit">write a drill</Link> of your own.
        </p>
      </PageHead>
      {levels.map((level) => {
        const drills = drillIndex.filter((drill) => drill.level === level);
        if (drills.length === 0) return null;
        return (
          <section key={level} className={styles.level} aria-labelledby={`level-${level}`}>
            <h2 id={`level-${level}`}>{levelTitles[level]}</h2>
            <ul data-plain="">
              {drills.map((drill) => (
                <li key={drill.id}>
                  <Link href={`/drill/${drill.id}`} className={styles.drill}>
                    <span>
                      <span className={styles.title}>{drill.title}</span>
                      <span className={styles.skills}>{drill.skills.join(' · ')}</span>
                    </span>
                    <span className={styles.facts}>
                      {formatNumber(drill.minutes)} min
                      <Best score={best[drill.id]} />
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function Best({ score }: { score: DrillScore | undefined }) {
  if (score === undefined) return <span>not tried yet</span>;
  const passed = score.pass === true ? ', passed' : score.pass === null ? ', incomplete' : '';
  return (
    <span className={styles.best}>
      best {formatNumber(score.total)} of {formatNumber(score.max)}
      {passed}
    </span>
  );
}

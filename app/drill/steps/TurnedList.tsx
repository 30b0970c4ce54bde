import type { DrillCommand } from '../../../src/drills.ts';
import styles from '../Drill.module.css';
import { useRoom } from '../room.ts';
import { formatMoment, saySettings } from '../words.ts';

/** What was turned in this run up to now, each with its moment. */
export function TurnedList({ commands }: { commands: readonly DrillCommand[] }) {
  const { drill } = useRoom();
  const turned = commands.flatMap((command) => ('set' in command && command.us > 0 ? [command] : []));
  if (turned.length === 0) return null;
  return (
    <div>
      <p className={styles.label}>Changed in this run</p>
      <ol data-plain="" className={styles.turned} aria-label="Changed in this run">
        {turned.map(({ us, set }) => (
          <li key={`${us} ${Object.keys(set).join()}`}>
            <code>{formatMoment(us, drill.scenario.clock)}</code> {saySettings(set)}
          </li>
        ))}
      </ol>
    </div>
  );
}

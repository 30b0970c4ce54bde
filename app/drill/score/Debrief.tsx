import { useId } from 'react';
import styles from '../Drill.module.css';
import { useRoom } from '../room.ts';
import type { Sheet } from '../session/Sheet.ts';

/** What a failure leaves behind is a finding: what would one watch next time? */
export function Debrief({ sheet }: { sheet: Sheet }) {
  const { log, role } = useRoom();
  const id = useId();
  return (
    <section className={styles.after}>
      <label htmlFor={id} className={styles.ask}>
        What would {role === 'interviewer' ? 'they' : 'you'} watch next time?
      </label>
      <textarea
        id={id}
        rows={3}
        maxLength={4000}
        key={sheet.debrief}
        defaultValue={sheet.debrief}
        onBlur={(event) => {
          if (event.target.value !== sheet.debrief) log.act({ do: 'debrief', text: event.target.value });
        }}
      />
      <p className={styles.quiet}>One line is enough: a figure, and where it stands. It goes into the result.</p>
    </section>
  );
}

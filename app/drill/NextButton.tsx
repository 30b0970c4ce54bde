import { type ReactNode, type Ref } from 'react';
import { Button } from '../ui/Button.tsx';
import styles from './Drill.module.css';
import { useRoom } from './room.ts';
import type { Sheet } from './session/Sheet.ts';
import { kindTitles } from './words.ts';

interface NextButtonProps {
  sheet: Sheet;
  /** quiet where something better to do is left. */
  kind?: 'primary' | 'quiet' | 'text';
  children?: ReactNode;
  /** Done before going on. */
  first?: () => void;
  ref?: Ref<HTMLParagraphElement>;
}

/** On to the next step. */
export function NextButton({ sheet, kind = 'primary', children, first, ref }: NextButtonProps) {
  const { drill, log } = useRoom();
  const next = drill.steps[sheet.place + 1];
  if (next === undefined) return null;
  return (
    <p className={styles.acts} ref={ref}>
      <Button
        kind={kind}
        onClick={() => {
          first?.();
          log.act({ do: 'goto', step: next.id });
        }}
      >
        {children ?? `Go on: ${kindTitles[next.kind].toLowerCase()}`}
      </Button>
    </p>
  );
}

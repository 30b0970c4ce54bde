import { Button } from '../../ui/Button.tsx';
import styles from './DrillEditor.module.css';
import type { TextProblem } from './EditorHandle.ts';

interface ProblemListProps {
  problems: readonly TextProblem[];
  isCurrent: boolean;
  onGo: (problem: TextProblem) => void;
}

/** What is wrong with the text, each with its place; pressing one goes there. */
export function ProblemList({ problems, isCurrent, onGo }: ProblemListProps) {
  const count = problems.length;
  return (
    <section className={styles.problems} aria-label="Problems">
      <output className={count > 0 ? styles.wrong : styles.fine}>
        {!isCurrent ? 'Being read.' : count === 0 ? 'No problems.' : count === 1 ? '1 problem' : `${count} problems`}
      </output>
      {count > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <ol data-plain="" className={styles.problemList} tabIndex={0} aria-label="List of problems">
          {problems.map((problem) => (
            <li key={`${problem.line}:${problem.column} ${problem.message}`}>
              <Button kind="text" className={styles.problem} onClick={() => onGo(problem)}>
                <span className={styles.at}>
                  {problem.line}:{problem.column}
                </span>{' '}
                {problem.message}
              </Button>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

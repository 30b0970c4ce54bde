import { PlayBar } from '../stage/PlayBar.tsx';
import type { Stage } from '../stage/Stage.ts';
import { Button } from '../ui/Button.tsx';
import { restart } from './restart.ts';

interface FigureBarProps {
  stage: Stage;
  /** There are controls under the figure, so there is something to go back from. */
  hasKnobs: boolean;
  /** With the ways out of it. */
  hasLinks: boolean;
}

/**
 * The transport of a figure in a lesson. Two ways back: to the beginning with the controls as they stand, so that a change
 * can be seen from the start; and to the figure as the lesson has it.
 */
export function FigureBar({ stage, hasKnobs, hasLinks }: FigureBarProps) {
  return (
    <PlayBar
      stage={stage}
      hasLinks={hasLinks}
      onAgain={() => restart(stage)}
      againTitle={hasKnobs ? 'Start again, with the controls as they stand now' : undefined}
    >
      {hasKnobs && (
        <Button
          kind="text"
          aria-label="Reset: controls and time as the lesson has them"
          title="Controls and time as the lesson has them"
          onClick={() => stage.reset()}
        >
          Reset
        </Button>
      )}
    </PlayBar>
  );
}

import { Button } from '../ui/Button.tsx';
import { useLesson } from './lessonState.ts';

/** Takes a bet back. @param onAgain it goes with the outcome it stands under, so the focus is to be put elsewhere. */
export function BetAgain({ id, onAgain }: { id: string; onAgain: () => void }) {
  const takeBack = useLesson((state) => state.takeBack);
  const again = () => {
    takeBack(id);
    onAgain();
  };
  return (
    <Button kind="text" onClick={again} data-print="no">
      Bet again
    </Button>
  );
}

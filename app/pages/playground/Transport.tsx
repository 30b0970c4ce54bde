import type { Stage } from '../../stage/Stage.ts';
import { useStageState } from '../../stage/useStage.ts';
import { TransportBar } from '../../stage/TransportBar.tsx';
import { stepForward } from './stepping.ts';

/** Time, with the jumps that only the playground has. */
export function Transport({ stage }: { stage: Stage }) {
  const canStep = useStageState(stage, (state) => state.selection !== null);
  return <TransportBar stage={stage} onStep={() => stepForward(stage)} canStep={canStep} jump={null} />;
}

import type { DrillStep } from '../../src/drills.ts';
import styles from './Drill.module.css';
import { NextButton } from './NextButton.tsx';
import { QuestionForm } from './QuestionForm.tsx';
import { ScoreStepView } from './score/ScoreStepView.tsx';
import type { Sheet } from './session/Sheet.ts';
import { ExplainStepView } from './steps/ExplainStepView.tsx';
import { InterveneStepView } from './steps/InterveneStepView.tsx';
import { ObserveStepView } from './steps/ObserveStepView.tsx';
import { TalkStepView } from './steps/TalkStepView.tsx';

/** What there is to do at a step. */
export function StepBody({ sheet, step }: { sheet: Sheet; step: DrillStep }) {
  switch (step.kind) {
    case 'brief':
      return (
        <>
          <p className={styles.prose}>{step.text}</p>
          <NextButton sheet={sheet}>I know what is asked</NextButton>
        </>
      );
    case 'predict':
      return (
        <>
          <p className={styles.quiet}>Nothing has run yet. What you lock in stays.</p>
          <QuestionForm sheet={sheet} step={step} question={step.question} act="Lock it in" />
        </>
      );
    case 'ask':
      return <QuestionForm sheet={sheet} step={step} question={step.question} act="Hand it in" />;
    case 'observe':
      return <ObserveStepView sheet={sheet} step={step} />;
    case 'intervene':
      return <InterveneStepView sheet={sheet} step={step} />;
    case 'explain':
      return <ExplainStepView sheet={sheet} step={step} />;
    case 'talk':
      return <TalkStepView sheet={sheet} step={step} />;
    default:
      return <ScoreStepView sheet={sheet} step={step} />;
  }
}

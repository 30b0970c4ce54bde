import type { PolicyStep, PolicyTrace } from '../../../../src/lab.ts';

/** What a person said about one access. */
export interface Answer {
  hit: boolean;
  /** Who will have to go; −1 for nobody; null where that was not asked. */
  victim: number | null;
}

/** How an answer turned out. */
export interface Judgement {
  /** Hit or miss was right. */
  outcome: boolean;
  /** The victim was right; null where nobody asked or the access hit. */
  victim: boolean | null;
  /** All that was asked was right. */
  right: boolean;
}

/** An answer by the place of its access, holes where none was given. */
export type Answers = ReadonlyMap<number, Answer>;

/** Policies whose victim is drawn by lot: nobody can know it, so it is not asked. */
export function isDrawn(policy: string): boolean {
  return policy === 'random' || (policy.startsWith('redis-') && policy !== 'redis-noeviction');
}

/** Holds an answer against what happened. */
export function judge(answer: Answer, step: PolicyStep): Judgement {
  const outcome = answer.hit === step.hit;
  const asked = !answer.hit && !step.hit && answer.victim !== null;
  const victim = asked ? answer.victim === step.victim : null;
  return { outcome, victim, right: outcome && victim !== false };
}

/** Right answers in a row that end with the last one before `at`. */
export function streakAt(answers: Answers, trace: PolicyTrace, at: number): number {
  let streak = 0;
  for (let place = at - 1; place >= 0; place--) {
    const answer = answers.get(place);
    if (answer === undefined || !judge(answer, trace.steps[place]).right) break;
    streak++;
  }
  return streak;
}

/** All answers together. */
export interface Summary {
  given: number;
  right: number;
  longestStreak: number;
  /** Places of the answers that were wrong, in order. */
  wrong: number[];
  /** Where the victim was asked and the miss foreseen, and how many of these were right. */
  victims: number;
  victimsRight: number;
}

/** Sums up what was answered. */
export function summarise(answers: Answers, trace: PolicyTrace): Summary {
  const summary: Summary = { given: 0, right: 0, longestStreak: 0, wrong: [], victims: 0, victimsRight: 0 };
  let streak = 0;
  trace.steps.forEach((step, place) => {
    const answer = answers.get(place);
    if (answer === undefined) {
      streak = 0;
      return;
    }
    const { right, victim } = judge(answer, step);
    summary.given++;
    if (victim !== null) summary.victims++;
    if (victim === true) summary.victimsRight++;
    if (right) summary.right++;
    else summary.wrong.push(place);
    streak = right ? streak + 1 : 0;
    summary.longestStreak = Math.max(summary.longestStreak, streak);
  });
  return summary;
}

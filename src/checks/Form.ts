/** What an argument of a form is measured in; the form gets rates per second, times in seconds, shares in 0..1. */
export type ArgumentKind = 'rate' | 'time' | 'share' | 'count' | 'number' | 'size';

/** What a form answers with: as the kinds of arguments, times in seconds. */
type AnswerKind = ArgumentKind;

/** A closed form that an experiment may name. */
export interface Form {
  args: Readonly<Record<string, ArgumentKind>>;
  answer: AnswerKind;
  compute: (given: Readonly<Record<string, number>>) => number;
}

/** A form whose `compute` knows its arguments by name. */
export function form<const Args extends Record<string, ArgumentKind>>(
  answer: AnswerKind,
  args: Args,
  compute: (given: Readonly<Record<keyof Args, number>>) => number,
): Form {
  return { args, answer, compute: compute as Form['compute'] };
}

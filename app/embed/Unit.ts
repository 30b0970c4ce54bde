import type { Command, CommandName } from './host/messages.ts';

/** What an embed shows, as the host link knows it: it does commands, and says what it can do. */
export interface Unit {
  /** Commands that this unit does; all others are answered with `not-here`. */
  readonly does: readonly CommandName[];
  /** Does one; what it returns is the answer. @throws Refusal. */
  obey(command: Command): unknown;
}

/** How a unit tells the page around what happens in it. */
export interface Outlet {
  send: (type: string, data: unknown) => void;
  /** Answers and results: to a named origin only. */
  sendPrivate: (type: string, data: unknown) => void;
}

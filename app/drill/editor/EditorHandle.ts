/** What the page can do to the text, whichever editor shows it. */
export interface EditorHandle {
  /** Puts another text in place of this one, as one step that can be undone. */
  replace: (text: string) => void;
  /** Moves the cursor, and the focus, to a place; 1-based. */
  goTo: (line: number, column: number) => void;
  undo: () => void;
  redo: () => void;
}

/** A problem as editors show it; line and column are 1-based. */
export interface TextProblem {
  line: number;
  column: number;
  message: string;
}

/** What both editors are given. */
export interface EditorProps {
  initial: string;
  /** What stood there before `initial` was put in, for undo. */
  earlier?: string;
  /** A whole text was put in where undo is kept by nobody else. */
  onPutIn: (before: string) => void;
  problems: readonly TextProblem[];
  scenarioIds: readonly string[];
  onChange: (text: string) => void;
  onReady: (handle: EditorHandle) => void;
  /** Id of the element that says how it is worked by keyboard. */
  describedBy: string;
}

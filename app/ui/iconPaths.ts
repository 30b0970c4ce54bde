/** Path data on a grid of 20 units; `filled` ones are solid, the others drawn with a line. */
interface IconPath {
  path: string;
  filled?: boolean;
}

const line = (path: string): IconPath => ({ path });
const solid = (path: string): IconPath => ({ path, filled: true });

/** Every icon of the app, drawn for it. */
export const iconPaths = {
  play: solid('M6.5 4.2v11.6l9-5.8z'),
  pause: solid('M6 4.5h2.6v11H6zM11.4 4.5H14v11h-2.6z'),
  step: line('M5 5v10l7-5zM15 5v10'),
  stepBack: line('M15 5v10l-7-5zM5 5v10'),
  nextEvent: line('M3.5 10h9M9.5 6l4 4-4 4M16.5 7.5 14 10l2.5 2.5L19 10z'),
  share: line('M10 12.5V3.5M6.7 6.5 10 3.2l3.3 3.3M4.5 10.5v5.3h11v-5.3'),
  undo: line('M7 4.5 3.5 8 7 11.5M3.5 8h8a4 4 0 0 1 0 8H8'),
  redo: line('M13 4.5 16.5 8 13 11.5M16.5 8h-8a4 4 0 0 0 0 8H12'),
  reset: line('M15.8 7.5A6.3 6.3 0 1 0 16.3 11M16.2 3.7v4h-4'),
  dice: line(
    'M5.5 3.5h9a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2zM7.3 7.3h.010M12.7 7.3h.010M10 10h.010M7.3 12.7h.010M12.7 12.7h.010',
  ),
  search: line('M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l3.5 3.5'),
  sun: line(
    'M10 13.3a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6zM10 2.5v1.3M10 16.2v1.3M2.5 10h1.3M16.2 10h1.3M4.7 4.7l.9.9M14.4 14.4l.9.9M4.7 15.3l.9-.9M14.4 5.6l.9-.9',
  ),
  moon: line('M16.3 11.6A6.7 6.7 0 0 1 8.4 3.7a6.7 6.7 0 1 0 7.9 7.9z'),
  chevron: line('M7.5 5l5 5-5 5'),
  close: line('M5 5l10 10M15 5 5 15'),
  link: line(
    'M8.5 11.5a3 3 0 0 0 4.3 0l2.7-2.7a3 3 0 0 0-4.3-4.3l-.9.9M11.5 8.5a3 3 0 0 0-4.3 0l-2.7 2.7a3 3 0 0 0 4.3 4.3l.9-.9',
  ),
  copy: line('M7.5 7.5h8v9h-8zM12.5 7.5v-4h-8v9h3'),
  check: line('M4 10.5 8 14.5 16 5.5'),
  plus: line('M10 4v12M4 10h12'),
  compare: line('M3.5 4h13v4.5h-13zM3.5 11.5h13V16h-13z'),
  camera: line('M3.5 6.5h3l1.2-2h4.6l1.2 2h3v9h-13zM10 13.3a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z'),
  panel: line('M3.5 4h13v12h-13zM8 4v12'),
} satisfies Record<string, IconPath>;

/** Brings a figure of the lesson into view, and the focus to what lets it run. @param run its id in the lesson. */
export function goToFigure(run: string): void {
  const figure = [...document.querySelectorAll<HTMLElement>('[data-run]')].find(({ dataset }) => dataset.run === run);
  if (figure === undefined) return;
  figure.scrollIntoView({ block: 'center' });
  const play = figure.querySelector<HTMLElement>('[aria-label="Play"], [aria-label="Pause"]');
  (play ?? figure).focus({ preventScroll: true });
}

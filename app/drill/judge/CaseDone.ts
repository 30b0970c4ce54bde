/** From the worker to the page while the drill's own tests run: so many of them are done. */
export interface CaseDone {
  type: 'case-done';
  job: number;
  count: number;
}

/**
 * Stands in for the diagram library, which the embed goes without: it would double the file, and it writes style elements
 * that the embed's content policy forbids. The sequence view then shows the same messages as a list.
 */
const leftOut = {
  initialize: (): void => {},
  render: (): Promise<never> => Promise.reject(new Error('An embed draws no diagrams.')),
};

export default leftOut;

import type { Request } from './Handles.ts';

/**
 * One request for each key of a page: its own key and the next ones, round the end of the keys, none twice. Each is the
 * request itself in everything but the key.
 */
export function pageOf(request: Request): Request[] {
  const { key, page } = request;
  const requests = [request];
  if (page === null || page === undefined) return requests;
  const size = Math.min(page.pageKeys, page.count);
  for (let offset = 1; offset < size; offset++) {
    const other = Object.create(request, { key: { value: (key + offset) % page.count, enumerable: true } }) as Request;
    requests.push(other);
  }
  return requests;
}

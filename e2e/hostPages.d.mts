/** Where recipes say that Hotpath is. */
export const placeholder: string;
/** One recipe with the address of a real build in it. */
export function recipe(name: string, hotpath: string): string;
/** Serves the recipes and reveal.js; the address ends with a slash. */
export function serveHosts(hotpath: string, port?: number): Promise<{ url: string; close: () => Promise<void> }>;

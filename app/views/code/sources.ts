import { programParts, type Reading } from './programParts.ts';
import { type CodeFile, type SourcePart, sourcePart } from './sourceParts.ts';

/** Every file of a program, by its path from the root: the very ones that run. */
const files: Record<string, CodeFile> = {
  ...import.meta.glob<CodeFile>(['/src/patterns/*.ts', '!/src/**/*.test.ts'], {
    query: '?code',
    eager: true,
    import: 'default',
  }),
  ...import.meta.glob<CodeFile>(['/src/protections/*.ts', '!/src/**/*.test.ts'], {
    query: '?code',
    eager: true,
    import: 'default',
  }),
  ...import.meta.glob<CodeFile>(['/src/invalidation/*.ts', '!/src/**/*.test.ts'], {
    query: '?code',
    eager: true,
    import: 'default',
  }),
};

/** The functions named, a line each: path below `src/`, a space, and the name. */
export function sourcesOf(names: string): SourcePart[] {
  return names.split('\n').flatMap((line) => {
    const [file, name] = line.split(' ');
    const part = sourcePart(file.slice(file.lastIndexOf('/') + 1), files[`/src/${file}`], name);
    return part === null ? [] : [part];
  });
}

/** The functions that a request of this kind runs through under these settings, outermost first. */
export function partsOf(reading: Reading, kind: 'read' | 'write'): SourcePart[] {
  return sourcesOf(
    programParts(reading, kind)
      .map(({ file, name }) => `${file} ${name}`)
      .join('\n'),
  );
}

import { Link } from 'wouter';
import { experimentsFor } from '../content/experiments.ts';

/** The way to the experiments behind a claim, with the documents' figure where they give one. */
export function FactProof({ claim }: { claim: string }) {
  return (
    <>
      {experimentsFor(claim)
        .slice(0, 3)
        .map(({ id, title, document }) => (
          <span key={id}>
            {document !== undefined && <>It says: {document}. </>}
            <Link href={`/experiments/${id}`}>See the experiment: {title}</Link>.{' '}
          </span>
        ))}
    </>
  );
}

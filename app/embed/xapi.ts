import { randomId } from './randomId.ts';

/** An xAPI statement without its actor, which only the host knows. */
export interface Statement {
  id: string;
  verb: { id: string; display: { en: string } };
  timestamp: string;
  object: { id: string; definition: { type: string } };
  result: { success: boolean; response?: string };
}

/** One answered question. The object's address is that of this embed, so that a host can tell units apart. */
export function answeredStatement(
  question: string,
  success: boolean,
  response: string | number | undefined,
): Statement {
  const [address] = location.href.split('#');
  return {
    id: randomId(),
    verb: { id: 'http://adlnet.gov/expapi/verbs/answered', display: { en: 'answered' } },
    timestamp: new Date().toISOString(),
    object: {
      id: `${address}#${encodeURIComponent(question)}`,
      definition: { type: 'http://adlnet.gov/expapi/activities/cmi.interaction' },
    },
    result: { success, ...(response === undefined ? {} : { response: String(response) }) },
  };
}

import { absent, type Pattern } from '../nodes/Handles.ts';
import { OP } from '../spans/codes.ts';

/**
 * Ask the Bloom filter of all existing ids first. Its no is certain, and neither cache nor database hears of the question;
 * its yes may be wrong, and then the read goes the usual way.
 * @source Bloom, "Space/Time Trade-offs in Hash Coding with Allowable Errors", CACM 13 (1970); the course's source
 * document 003.
 */
export const bloomGuard = (read: Pattern): Pattern =>
  function* bloomGuard(request, handles) {
    if (handles.rows.mayExist(request.key)) return yield* read(request, handles);
    handles.here.note(request, OP.bloom);
    return absent;
  };

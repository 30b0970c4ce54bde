import { EXIT } from './exit.ts';
import { runProgram } from './program.ts';

// Whoever reads only the first lines (`| head`) closes the pipe; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.fine);
  throw error;
});

process.exitCode = await runProgram(process.argv.slice(2));

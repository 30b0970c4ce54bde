import { runBenchCommand } from './runBenchCommand.ts';

process.exitCode = await runBenchCommand({ json: process.argv.includes('--json') });

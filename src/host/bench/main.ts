import { parseArgs } from 'node:util';
import { runBenchCommand } from './runBenchCommand.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, only: { type: 'string' } } });
process.exitCode = await runBenchCommand(values);

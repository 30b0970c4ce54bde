import { Argument, Command } from 'commander';
import { engineVersion } from '../../engineVersion.ts';
import { experimentJsonSchemaText } from '../../checks/experimentJsonSchema.ts';
import { drillJsonSchemaText } from '../../drill/drillJsonSchema.ts';
import { scenarioJsonSchemaText } from '../../scenario/jsonSchema.ts';
import { runBenchCommand } from '../bench/runBenchCommand.ts';
import { answerJobs } from '../experiments/answerJobs.ts';
import { checkCommand, type CheckOptions } from './commands/check.ts';
import { compareCommand, type CompareOptions } from './commands/compare.ts';
import { type CurveCommandOptions, curveOfTrace } from './commands/curve.ts';
import {
  drillRunCommand,
  type DrillRunOptions,
  drillSplitCommand,
  drillVerifyCommand,
  type DrillVerifyOptions,
} from './commands/drill.ts';
import { fuzzCommand, type FuzzOptions } from './commands/fuzz.ts';
import { metricsCommand } from './commands/metrics.ts';
import { type ReplayCommandOptions, replayTraces } from './commands/replay.ts';
import { runCommand, type RunCommandOptions } from './commands/run.ts';
import { validateCommand } from './commands/validate.ts';
import { EXIT } from './exit.ts';
import { explainFailure } from './explainFailure.ts';
import { readWhole } from './scenarioSource.ts';

const say = (text: string) => {
  if (text !== '') process.stdout.write(`${text}\n`);
};
const complain = (text: string) => {
  if (text !== '') process.stderr.write(`${text}\n`);
};

/** Does what the arguments say. @returns the exit code. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.fine;
  const program = createProgram((result) => {
    code = result;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    const { text, code: failed } = explainFailure(error, argv);
    complain(text);
    return failed;
  }
}

function createProgram(end: (code: number) => void): Command {
  const program = new Command('hotpath')
    .description('Understand caching by running it, without the page.')
    .version(`engine ${engineVersion}`)
    .exitOverride()
    .showSuggestionAfterError();
  addRuns(program);
  addLists(program, end);
  addExperiments(program, end);
  addDrills(program, end);
  addTraces(program);
  addTrials(program, end);
  return program;
}

const pair = '<path=value...>';
const more = (value: string, before: string[] = []) => [...before, value];

function addRuns(program: Command): void {
  program
    .command('run <scenario>')
    .description('run a scenario: an id from content/scenarios, a file, or - for standard input')
    .option('--set <path=value>', 'change a setting, like cache.ttl=30s; may be given again', more)
    .option('--seed <n>', 'another seed')
    .option('--until <time>', 'stop before the end, like 30s')
    .option('--actions <file>', 'acts upon the running world: a list in YAML or JSON')
    .option('--request <n>', 'draw the waterfall of one request')
    .option('--spans <file>', 'write every row as NDJSON')
    .option('--json', 'one JSON document on standard output')
    .action(async (name: string, options: RunCommandOptions) => say(await runCommand(name, options)));
  program
    .command('compare <scenario>')
    .description('run a scenario twice on the same arrivals, with other settings')
    .option(`--a ${pair}`, 'settings of the first run')
    .option(`--b ${pair}`, 'settings of the second run; without both, what the scenario itself compares')
    .option('--set <path=value>', 'change a setting in both; may be given again', more)
    .option('--seed <n>', 'another seed')
    .option('--until <time>', 'stop before the end, like 30s')
    .option('--actions <file>', 'acts upon both worlds: a list in YAML or JSON')
    .option('--json', 'one JSON document on standard output')
    .action(async (name: string, options: CompareOptions) => say(await compareCommand(name, options)));
}

const schemas = { scenario: scenarioJsonSchemaText, experiment: experimentJsonSchemaText, drill: drillJsonSchemaText };

function addLists(program: Command, end: (code: number) => void): void {
  program
    .command('metrics')
    .description('every metric: name, labels, unit, meaning')
    .option('--json', 'one JSON document on standard output')
    .action((options: { json?: boolean }) => say(metricsCommand(options)));
  program
    .command('validate <file...>')
    .description('check files of scenarios, experiments and drills')
    .option('--json', 'one JSON document on standard output')
    .action((files: string[], options: { json?: boolean }) => {
      const { text, errors, code } = validateCommand(files, options);
      say(text);
      complain(errors);
      end(code);
    });
  program
    .command('schema')
    .description('the JSON Schema of the files of scenarios, experiments or drills, for editors')
    .addArgument(new Argument('[kind]', 'what the files hold').choices(Object.keys(schemas)).default('scenario'))
    .action((kind: keyof typeof schemas) => say(schemas[kind]().trimEnd()));
}

function addExperiments(program: Command, end: (code: number) => void): void {
  program
    .command('check [experiment...]')
    .description('run experiments, ids from content/experiments or files, and say which claims hold; all unless named')
    .option('--topic <name>', 'only those of this topic')
    .option('--claim <id>', 'only those for this claim, like F2')
    .option('--seeds <n>', 'so many seeds of each, instead of those it names')
    .option('--workers <n>', 'so many processes, instead of one for each core')
    .option('--junit <file>', 'write every check on every seed as JUnit XML')
    .option('--json', 'one JSON document on standard output')
    .action(async (names: string[], options: CheckOptions) => {
      const { text, code } = await checkCommand(names, options);
      say(text);
      end(code);
    });
  program.command('check-worker', { hidden: true }).action(answerJobs);
}

function addDrills(program: Command, end: (code: number) => void): void {
  const drill = program.command('drill').description('what drills are tested with, and the results of drills');
  drill
    .command('run <drill...>')
    .description('run the tests that drills carry: doing nothing, solutions, scripted learners; ids or files')
    .option('--case <name>', 'all, or one scripted learner', 'all')
    .option('--junit <file>', 'write every case as JUnit XML')
    .option('--json', 'one JSON document on standard output')
    .action((names: string[], options: DrillRunOptions) => {
      const { text, code } = drillRunCommand(names, options);
      say(text);
      end(code);
    });
  drill
    .command('verify <result>')
    .description('run the log of a result again and say what in it was not so')
    .option('--script <drill>', 'the drill to hold its script against, an id or a file')
    .option('--json', 'one JSON document on standard output')
    .action((file: string, options: DrillVerifyOptions) => {
      const { text, code } = drillVerifyCommand(file, options);
      say(text);
      end(code);
    });
  drill
    .command('split <drill...>')
    .description('write what a candidate gets and the interviewer’s key, two files each')
    .option('--out <folder>', 'where to', '.')
    .action((names: string[], options: { out?: string }) => say(drillSplitCommand(names, options)));
}

function addTraces(program: Command): void {
  program
    .command('replay <trace...>')
    .description(
      'hit counts of eviction policies over traces: files, packed or not, - for standard input, or zipf:100000:1',
    )
    .option('--policy <a,b>', 'policies by id; all unless named')
    .option('--size <n,m>', 'cache sizes in entries; shares of the different keys unless given')
    .option('--format <name>', 'keys, csv, lirs, arc, monitor or weblog, if it cannot be told from the first lines')
    .option('--column <name>', 'of CSV: the column that holds the key, by name or number')
    .option('--commands <kind>', 'of MONITOR: reads (unless given), writes or both')
    .option('--seed <n>', 'of what policies draw themselves')
    .option('--strict', 'a bad line ends it')
    .option('--json', 'one JSON document on standard output')
    .action(async (names: string[], options: ReplayCommandOptions) => {
      const { text, remarks } = await replayTraces(names, options);
      complain(remarks);
      say(text);
    });
  program
    .command('curve <trace>')
    .description(
      'hit ratios of eviction policies over cache sizes, exact unless sampled; LRU at every size in one pass',
    )
    .option('--policy <a,b>', 'policies by id, or all; lru unless named')
    .option('--points <n>', 'at how many sizes; 20 unless said')
    .option('--scale <kind>', 'how they are spread: log (unless said) or linear')
    .option('--size <n,m>', 'these sizes instead, in entries')
    .option('--sample <rate>', 'estimate from samples of the keys, like 0.01, and say the error')
    .option('--format <name>', 'keys, csv, lirs, arc, monitor or weblog, if it cannot be told from the first lines')
    .option('--column <name>', 'of CSV: the column that holds the key, by name or number')
    .option('--commands <kind>', 'of MONITOR: reads (unless given), writes or both')
    .option('--seed <n>', 'of what policies draw themselves, and of the samples')
    .option('--strict', 'a bad line ends it')
    .option('--json', 'one JSON document on standard output')
    .action(async (name: string, options: CurveCommandOptions) => {
      const { text, remarks } = await curveOfTrace(name, options);
      complain(remarks);
      say(text);
    });
}

function addTrials(program: Command, end: (code: number) => void): void {
  program
    .command('fuzz')
    .description('random scenarios against the invariants; a failure prints the line that repeats it')
    .option('--runs <n>', 'how many', '1000')
    .option('--seed <n>', 'of what luck', '1')
    .option('--from <n>', 'number of the first run', '0')
    .option('--json', 'one JSON document on standard output')
    .action(async (options: FuzzOptions) => {
      const { text, code } = await fuzzCommand(options);
      say(text);
      end(code);
    });
  program
    .command('bench')
    .description('the benchmarks of the README, with ratios against their peers')
    .option('--only <id>', 'only the figures called so, e.g. mm1, replay, replay.arc')
    .option('--forks <n>', 'processes that measure each family of figures, of which the middle counts; 0 for none', '3')
    .option('--json', 'one JSON document on standard output')
    .action(async ({ json, only, forks }: { json?: boolean; only?: string; forks: string }) =>
      end(await runBenchCommand({ json: json ?? false, only, forks: readWhole('--forks', forks, 0) })),
    );
}

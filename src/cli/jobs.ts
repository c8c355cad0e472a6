import type { Command } from 'commander';
import type { JobState } from '../jobs/scheduler.ts';
import { openContext } from './open-context.ts';

interface Options {
  json?: boolean;
}

/** What is done by the clock; the service that does it may be another process. */
export function addJobsCommand(program: Command): void {
  const command = program.command('jobs').description('Tareas por horario · Jobs by the clock');
  const json = ['--json', 'para programas · for programs'] as const;
  command
    .command('list', { isDefault: true })
    .description('muestra cada tarea · shows each job')
    .option(...json)
    .action(list);
  const orders = {
    run: 'la ejecuta ahora, en el servicio · runs it now, in the service',
    pause: 'la pausa, también tras reiniciar · pauses it, over restarts too',
    resume: 'la reanuda · lets it go on',
  } as const;
  for (const [name, description] of Object.entries(orders)) {
    const verb = name as keyof typeof orders; // just taken from it
    command
      .command(name)
      .description(description)
      .argument('<name>', 'tarea · job')
      .action((job: string) => order(verb, job));
  }
}

async function list({ json }: Options): Promise<void> {
  await using context = await openContext('jobs');
  await using scheduler = await context.openScheduler();
  const states = await scheduler.list();
  process.stdout.write(json ? `${JSON.stringify(states)}\n` : `${states.map(lineOf).join('\n')}\n`);
}

async function order(verb: 'run' | 'pause' | 'resume', name: string): Promise<void> {
  await using context = await openContext('jobs');
  await using scheduler = await context.openScheduler();
  await { run: scheduler.runNow, pause: scheduler.pause, resume: scheduler.resume }[verb](name);
  const state = (await scheduler.list()).find((job) => job.name === name);
  if (state) process.stdout.write(`${lineOf(state)}\n`);
  if (verb === 'run')
    process.stderr.write('La ejecuta el servicio con el rol jobs · The service with the role jobs runs it\n');
}

function lineOf({ name, schedule, isPaused, isRunning, nextRunAt, lastFinishedAt, lastError, description }: JobState) {
  const state = isPaused ? 'en pausa · paused' : isRunning ? 'en marcha · running' : 'ok';
  const [last, next] = [lastFinishedAt, nextRunAt].map((at) => at?.toISOString().slice(0, 16) ?? '-');
  const error = lastError === null ? '' : `  ! ${lastError}`;
  return `${name.padEnd(20)} ${schedule.padEnd(13)} ${state.padEnd(18)} ${last} → ${next}  ${description}${error}`;
}

import type { Command } from 'commander';
import { channelNames } from '../channels/registry.ts';
import { Failure } from '../domain/failure.ts';
import { answerQueue, bookQueue, flow } from '../flow.ts';
import { openContext } from './open-context.ts';

const shownPerQueue = 100;

/** Messages that no retry could help, with their reasons, and the way to send them again. */
export function addDeadLettersCommand(program: Command): void {
  const command = program
    .command('dead-letters')
    .description('Mensajes que fallaron del todo · Messages that failed for good');
  command.command('list').description('muestra cada uno con su motivo · shows each with its reason').action(list);
  command
    .command('replay')
    .description('los pone otra vez en su cola · puts them back into their queue')
    .argument('[queue]', 'solo esta cola · only this queue')
    .argument('[id]', 'solo este mensaje · only this message')
    .action(replay);
}

async function list(): Promise<void> {
  await using context = await openContext('jobs');
  let shown = 0;
  for (const queue of queues()) {
    for (const { id, attempt, reason, deadAt } of await context.bus.deadLetters(queue, shownPerQueue)) {
      process.stdout.write(`${deadAt.toISOString()}  ${queue}  ${id}  (${attempt})  ${reason}\n`);
      shown += 1;
    }
  }
  // Not on standard output, where programs count lines.
  if (shown === 0) process.stderr.write('No hay mensajes fallidos · There are no dead letters\n');
}

async function replay(queue: string | undefined, id: string | undefined): Promise<void> {
  if (queue !== undefined) requireKnown(queue);
  await using context = await openContext('jobs');
  for (const name of queue ? [queue] : queues()) {
    const count = await context.bus.replay(name, id);
    process.stdout.write(`${name}: ${count}\n`);
  }
}

/** @throws {Failure} `not-found`, naming the queues there are. */
function requireKnown(queue: string): void {
  const known = queues();
  if (known.includes(queue)) return;
  const names = known.join(', ');
  throw new Failure('not-found', 'ask', `No existe la cola ${queue} · There is no queue ${queue}: ${names}`);
}

function queues(): string[] {
  return [...flow.map(({ queue }) => queue), bookQueue, ...channelNames.map(answerQueue)];
}

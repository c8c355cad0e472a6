import type { Command } from 'commander';
import { channelNames } from '../channels/registry.ts';
import { answerQueue, flow } from '../flow.ts';
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
  for (const queue of queues()) {
    for (const { id, attempt, reason, deadAt } of await context.bus.deadLetters(queue, shownPerQueue)) {
      process.stdout.write(`${deadAt.toISOString()}  ${queue}  ${id}  (${attempt})  ${reason}\n`);
    }
  }
}

async function replay(queue: string | undefined, id: string | undefined): Promise<void> {
  await using context = await openContext('jobs');
  for (const name of queue ? [queue] : queues()) {
    const count = await context.bus.replay(name, id);
    process.stdout.write(`${name}: ${count}\n`);
  }
}

function queues(): string[] {
  return [...flow.map(({ queue }) => queue), ...channelNames.map(answerQueue)];
}

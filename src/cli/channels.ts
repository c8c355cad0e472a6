import type { Command } from 'commander';
import { type ChannelView, listChannels } from '../api/routes/channels.ts';
import type { AppContext } from '../context.ts';
import { Failure } from '../domain/failure.ts';
import { drawChannels } from './draw-channels.ts';
import { openContext } from './open-context.ts';

interface Options {
  json?: boolean;
}

/** An order is obeyed within a second or two by a service that runs. */
const obeyedWithinMs = 15_000;
const lookMs = 300;

/** How the channels are, and orders to them; the service that has them may be another process. */
export function addChannelsCommand(program: Command): void {
  const command = program.command('channels').description('Estado de los canales · State of the channels');
  const json = ['--json', 'para programas · for programs'] as const;
  command
    .command('list', { isDefault: true })
    .description('muestra cada canal y lo que lo vincula · shows each channel and what links it')
    .option(...json)
    .action(list);
  const orders = {
    stop: 'lo detiene, también tras reiniciar · stops it, over restarts too',
    start: 'lo pone en marcha · starts it',
    unlink: 'olvida la cuenta vinculada, no los documentos · forgets the linked account, not the documents',
  } as const;
  for (const [name, description] of Object.entries(orders)) {
    const verb = name as keyof typeof orders; // just taken from it
    command
      .command(name)
      .description(description)
      .argument('<name>', 'canal · channel')
      .option(...json)
      .action((channel: string, options: Options) => order(verb, channel, options));
  }
}

async function list({ json }: Options): Promise<void> {
  await using context = await openContext('jobs');
  await print(await listChannels(context), json);
}

async function order(verb: 'stop' | 'start' | 'unlink', name: string, { json }: Options): Promise<void> {
  await using context = await openContext('jobs');
  const before = await find(context, name);
  if (verb === 'unlink') {
    if (!before.canUnlink)
      throw new Failure('invalid-request', 'ask', `No está vinculado · Nothing to unlink: ${name}`);
    await context.orders.askToUnlink(name);
  } else await context.orders[verb](name);
  await print([await whenObeyed(context, verb, name)], json);
}

/** The channel as it is when its process has obeyed, or as it stays: what nobody obeys now holds for the next start. */
async function whenObeyed(context: AppContext, verb: 'stop' | 'start' | 'unlink', name: string): Promise<ChannelView> {
  const deadline = context.clock.now().getTime() + obeyedWithinMs;
  for (;;) {
    const view = await find(context, name);
    const order = (await context.orders.list()).get(name);
    const isObeyed = verb === 'unlink' ? !order?.isToUnlink : (view.status === 'stopped') === (verb === 'stop');
    if (isObeyed || view.isStale || context.clock.now().getTime() > deadline) return view;
    await context.clock.sleep(lookMs);
  }
}

/** @throws {Failure} `not-found`, naming the channels there are. */
async function find(context: AppContext, name: string): Promise<ChannelView> {
  const views = await listChannels(context);
  const view = views.find((one) => one.name === name);
  if (view) return view;
  const names = views.map((one) => one.name).join(', ');
  throw new Failure('not-found', 'ask', `No existe el canal ${name} · There is no channel ${name}: ${names}`);
}

async function print(views: ChannelView[], json = false): Promise<void> {
  if (json) for (const view of views) process.stdout.write(`${JSON.stringify(view)}\n`);
  else process.stdout.write(await drawChannels(views));
  // Not on standard output, where programs count lines.
  const none = 'Ningún canal ha corrido todavía: inicia el servicio · No channel has run yet: start the service\n';
  if (views.length === 0) process.stderr.write(none);
}

import { type Command, Option } from 'commander';
import { Failure } from '../domain/failure.ts';
import { type Person, PersonRole, QuietHours } from '../domain/person.ts';
import { openContext } from './open-context.ts';

interface ListOptions {
  company?: string;
  guests?: boolean;
}

/** Who may use Recibot, what they may do, and the way to take it from them. */
export function addPeopleCommand(program: Command): void {
  const command = program.command('people').description('Personas y sus papeles · People and their roles');
  command
    .command('list', { isDefault: true })
    .description('id, empresa, papeles, chats y nombre · id, company, roles, chats and name')
    .option('--company <id>', 'solo esta empresa · only this company')
    .option('--guests', 'también quien entró sin código · also who came in without a code')
    .action(list);
  command
    .command('role')
    .description('cambia sus papeles · changes their roles')
    .argument('<id>')
    .addArgument(command.createArgument('<roles...>').choices(PersonRole.options))
    .action(setRoles);
  command
    .command('quiet')
    .description('horas en las que su teléfono no suena · hours in which their phone stays silent')
    .argument('<id>')
    .argument('<hours>', '22:00-07:00, off (nunca · never) o company (las de la empresa · those of the company)')
    .action(setQuietHours);
  command
    .command('remove')
    .description('le quita el acceso · takes their access away')
    .argument('<id>')
    .addOption(new Option('--erase', 'y borra sus datos, menos las facturas · and erases their data, but for invoices'))
    .action(remove);
}

async function list({ company, guests = false }: ListOptions): Promise<void> {
  await using context = await openContext('jobs');
  const found = (await context.people.list(company)).filter(({ isGuest }) => guests || !isGuest);
  for (const { id, companyId, roles, identities, name } of found) {
    const chats = identities.map(({ channel, sender }) => `${channel}:${sender}`).join(',');
    process.stdout.write(`${[id, companyId, roles.join(','), chats, shownName(name)].join('\t')}\n`);
  }
  if (found.length === 0) process.stderr.write('No hay nadie · There is nobody\n');
}

async function setRoles(id: string, roles: PersonRole[]): Promise<void> {
  await using context = await openContext('jobs');
  const person = found(await context.people.get(id), id);
  await context.people.setRoles(person.companyId, id, [...new Set(roles)]);
  process.stdout.write(`${id}\t${roles.join(',')}\n`);
}

async function setQuietHours(id: string, hours: string): Promise<void> {
  await using context = await openContext('jobs');
  const person = found(await context.people.get(id), id);
  await context.people.setQuietHours(person.companyId, id, hoursOf(hours));
  process.stdout.write(`${id}\t${hours}\n`);
}

/** @throws {Failure} `invalid-request` for what names no hours. */
function hoursOf(text: string): Person['quietHours'] {
  if (text === 'company') return null;
  const [from, to] = text.split('-');
  const parsed = text === 'off' ? { success: true as const, data: 'off' as const } : QuietHours.safeParse({ from, to });
  if (parsed.success) return parsed.data;
  throw new Failure('invalid-request', 'ask', `No son horas · Not hours: ${text} (22:00-07:00, off, company)`);
}

async function remove(id: string, { erase = false }: { erase?: boolean }): Promise<void> {
  await using context = await openContext('jobs');
  const person = found(await context.people.get(id), id);
  if (erase) {
    const { documents, keptInvoices } = await context.own.erase(person);
    process.stderr.write(
      `${documents} documentos borrados, ${keptInvoices} facturas conservadas · erased, invoices kept\n`,
    );
  } else await context.people.remove(person.companyId, id);
  process.stdout.write(`${id}\n`);
}

function found(person: Person | null, id: string): Person {
  if (person) return person;
  throw new Failure('not-found', 'ask', `No existe esa persona · There is no such person: ${id}`);
}

/** Hostile text: nothing in it may steer a terminal. */
function shownName(name: string): string {
  return name.replace(/\p{C}/gu, '').slice(0, 60);
}

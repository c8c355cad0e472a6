import type { Command } from 'commander';
import { defaultCompanyId } from '../context.ts';
import { CompanyId } from '../domain/company.ts';
import { Failure } from '../domain/failure.ts';
import { openContext } from './open-context.ts';

/** Companies are kept apart: documents, people, fiscal data, codes. There is always one, `default`. */
export function addCompanyCommand(program: Command): void {
  const command = program.command('company').description('Empresas, separadas entre sí · Companies, kept apart');
  command
    .command('add')
    .description('da de alta una empresa · adds a company')
    .argument('<id>', 'minúsculas, números y guiones · lower case, digits and hyphens')
    .argument('[name]', 'como la ven las personas · as people see it')
    .action(add);
  command.command('list').description('muestra las empresas · shows the companies').action(list);
}

async function add(id: string, name = id): Promise<void> {
  if (!CompanyId.safeParse(id).success || name.trim() === '' || name.length > 120) {
    const message = 'El id lleva de 2 a 40 minúsculas, números o guiones · An id has 2 to 40 of a-z, 0-9 and -';
    throw new Failure('invalid-request', 'ask', message);
  }
  await using context = await openContext('jobs');
  if (id === defaultCompanyId || !(await context.companies.add(id, name.trim()))) {
    throw new Failure('invalid-request', 'ask', `Ya existe · Exists already: ${id}`);
  }
  process.stdout.write(`${id}\n`);
  process.stderr.write(`
Para dar acceso a su primera persona · To let its first person in: recibot link-code --company ${id} --role owner
`);
}

async function list(): Promise<void> {
  await using context = await openContext('jobs');
  const added = await context.companies.list();
  const people = await context.people.list();
  for (const { id, name } of [{ id: defaultCompanyId, name: 'default' }, ...added]) {
    const count = people.filter(({ companyId, isGuest }) => companyId === id && !isGuest).length;
    process.stdout.write(`${id}\t${name}\t${count}\n`);
  }
}

import { type Command, Option } from 'commander';
import { defaultCompanyId } from '../context.ts';
import { Failure } from '../domain/failure.ts';
import { showLinkCode } from '../domain/link-code.ts';
import { PersonRole } from '../domain/person.ts';
import { openContext } from './open-context.ts';

interface LinkCodeOptions {
  company: string;
  role: PersonRole;
}

/** Makes a one-time code with which somebody is linked to a company from their chat. */
export function addLinkCodeCommand(program: Command): void {
  program
    .command('link-code')
    .description('Código de un solo uso para dar acceso a una persona · One-time code that lets a person in')
    .option('--company <id>', 'empresa · company', defaultCompanyId)
    .addOption(new Option('--role <name>', 'papel · role').choices(PersonRole.options).default('member'))
    .action(run);
}

async function run({ company, role }: LinkCodeOptions): Promise<void> {
  await using context = await openContext('jobs');
  if (company !== defaultCompanyId && !(await context.companies.get(company))) {
    const message = `No existe la empresa ${company}; créala con · There is no company ${company}; add it with: recibot company add ${company}`;
    throw new Failure('not-found', 'ask', message);
  }
  const { code } = await context.linkCodes.make({ companyId: company, roles: [role], personId: null });
  const shown = showLinkCode(code);
  process.stdout.write(`${shown}\n`);
  process.stderr.write(`
Dáselo a la persona: que lo envíe al bot en su chat. Vale 15 minutos y una sola vez (${company}, ${role}).
Give it to the person, who sends it to the bot in their chat. It is good for 15 minutes and once (${company}, ${role}).
`);
}

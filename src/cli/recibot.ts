import { Command } from 'commander';
import { ConfigError } from '../../config/env.ts';
import { Failure } from '../domain/failure.ts';
import { addAccountingCommand } from './accounting.ts';
import { addAlertsCommand } from './alerts.ts';
import { addChannelsCommand } from './channels.ts';
import { addCompanyCommand } from './company.ts';
import { addComplianceCommand } from './compliance.ts';
import { addDeadLettersCommand } from './dead-letters.ts';
import { addJobsCommand } from './jobs.ts';
import { addLinkCodeCommand } from './link-code.ts';
import { addPeopleCommand } from './people.ts';
import { addPortalCommand } from './portal.ts';
import { addProcessCommand } from './process-command.ts';

/** The `recibot` command. What people and programs read goes to standard output, progress and logs to standard error. */
function createProgram(): Command {
  const program = new Command('recibot').description('Recibos al chat, facturas de vuelta · Receipts in, invoices out');
  addProcessCommand(program);
  addAccountingCommand(program);
  addAlertsCommand(program);
  addChannelsCommand(program);
  addCompanyCommand(program);
  addComplianceCommand(program);
  addDeadLettersCommand(program);
  addJobsCommand(program);
  addLinkCodeCommand(program);
  addPeopleCommand(program);
  addPortalCommand(program);
  return program;
}

try {
  await createProgram().parseAsync();
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof Failure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Command } from 'commander';
import { ledgerFile } from '../accounting/ledger-table.ts';
import { defaultCompanyId } from '../context.ts';
import { Failure } from '../domain/failure.ts';
import { openContext } from './open-context.ts';

const company = ['--company <id>', 'empresa · company', defaultCompanyId] as const;
const maxPurchases = 100_000;

/** The books: the local ledger, or Alegra. */
export function addAccountingCommand(program: Command): void {
  const command = program
    .command('accounting')
    .description('Contabilidad: libro local o Alegra · Books: local ledger or Alegra');
  command
    .command('export')
    .description('las compras de un mes a un archivo XLSX o CSV · the purchases of a month to an XLSX or CSV file')
    .requiredOption('--month <yyyy-mm>', 'mes · month')
    .requiredOption('--output <file>', 'archivo .xlsx o .csv · .xlsx or .csv file')
    .option(...company)
    .action(exportMonth);
  command
    .command('connect')
    .description('conecta una empresa con su cuenta de Alegra · connects a company with its Alegra account')
    .requiredOption('--email <email>', 'correo · e-mail')
    .requiredOption('--token <token>', 'token (Alegra: Configuración, API)')
    .option(...company)
    .action(connect);
  command
    .command('disconnect')
    .description('olvida la cuenta; las compras quedan · forgets the account, not the purchases')
    .option(...company)
    .action(disconnect);
  command
    .command('status', { isDefault: true })
    .description('compras por estado y cómo van los cachés · purchases by state, and how the caches do')
    .action(status);
}

async function exportMonth(options: { month: string; output: string; company: string }): Promise<void> {
  const format = extname(options.output).slice(1);
  if (!/^\d{4}-\d\d$/.test(options.month) || (format !== 'xlsx' && format !== 'csv')) {
    throw new Failure(
      'invalid-request',
      'ask',
      'Usa --month 2026-11 y un archivo .xlsx o .csv · Use --month 2026-11 and a .xlsx or .csv file',
    );
  }
  await using context = await openContext('jobs');
  const period = { companyId: options.company, from: `${options.month}-01`, to: `${options.month}-31` };
  const found = await context.accounting.bookings.inPeriod(period, maxPurchases);
  await writeFile(options.output, await ledgerFile(found, context.config.language, format));
  process.stdout.write(`${found.length} compras · purchases → ${options.output}\n`);
}

async function connect(options: { email: string; token: string; company: string }): Promise<void> {
  await using context = await openContext('jobs');
  const name = await context.accounting.connections.connect(options.company, options);
  process.stdout.write(`Alegra: ${name}\n`);
}

async function disconnect(options: { company: string }): Promise<void> {
  await using context = await openContext('jobs');
  await context.accounting.connections.disconnect(options.company);
}

async function status(): Promise<void> {
  await using context = await openContext('jobs');
  const counts = await context.accounting.bookings.counts();
  for (const { status: name, count } of counts) process.stdout.write(`${name.padEnd(10)} ${count}\n`);
  const { memory_usage_mb, avg_ttl_seconds, kinds } = await context.accounting.cached.metrics();
  const entries = Object.entries(kinds).map(([kind, one]) => `${kind} ${one.entries}`);
  process.stdout.write(`caché · cache: ${entries.join(', ')}, ${memory_usage_mb} MB, TTL ${avg_ttl_seconds} s\n`);
}

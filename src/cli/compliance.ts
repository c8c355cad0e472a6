import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { defaultCompanyId } from '../context.ts';
import { openContext } from './open-context.ts';

const company = ['--company <id>', 'empresa · company', defaultCompanyId] as const;

/** The checks of e-invoices with SAT and DIAN. */
export function addComplianceCommand(program: Command): void {
  const command = program.command('compliance').description('Validación ante SAT y DIAN · Checks with SAT and DIAN');
  command
    .command('status', { isDefault: true })
    .description('cuántas facturas hay en cada estado · how many invoices stand where')
    .option('--json', 'para programas · for programs')
    .action(status);
  command
    .command('recover')
    .description(
      'repone lo que falte desde los respaldos y prueba que no falta nada · restores from backups and proves that nothing is missing',
    )
    .action(recover);
  command
    .command('certificate')
    .description(
      'guarda el certificado y la clave (PEM) con que se pregunta a la DIAN · keeps the certificate and key (PEM) for the DIAN',
    )
    .argument('<pem>', 'archivo · file')
    .option(...company)
    .option('--password <text>', 'contraseña de la clave · password of the key')
    .action(certificate);
}

async function status({ json }: { json?: boolean }): Promise<void> {
  await using context = await openContext('jobs');
  const counts = await context.compliance.records.counts();
  if (json) return void process.stdout.write(`${JSON.stringify(counts)}\n`);
  for (const { authority, status: name, count } of counts)
    process.stdout.write(`${authority}  ${name.padEnd(10)} ${count}\n`);
  if (counts.length === 0) process.stderr.write('Todavía no hay facturas · There are no invoices yet\n');
}

/** Ends with 1 when something is gone that no backup has. */
async function recover(): Promise<void> {
  await using context = await openContext('jobs');
  const found = await context.compliance.recover();
  const { invoices, records, backups, restoredFiles, restoredTickets, restoredRecords, missing } = found;
  process.stdout.write(`Facturas ${invoices}, registros ${records}, respaldos ${backups} · invoices, records, backups
Repuestos · restored: ${restoredRecords} registros, ${restoredTickets} tickets, ${restoredFiles} archivos
faltan ${missing.length} · ${missing.length} missing\n`);
  for (const line of missing) process.stdout.write(`  ${line}\n`);
  if (missing.length > 0) process.exitCode = 1;
}

async function certificate(path: string, options: { company: string; password?: string }): Promise<void> {
  await using context = await openContext('jobs');
  const pem = await readFile(path, 'utf8');
  const { certificates } = context.compliance;
  const kept = await certificates.keep(options.company, pem, options.password, context.clock.now());
  process.stdout.write(`${kept.subject.replaceAll('\n', ', ')}\nhasta · until ${kept.validTo}\n`);
}

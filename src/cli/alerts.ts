import type { Command } from 'commander';
import { describeAlert } from '../notifier/alerts/texts.ts';
import { openContext } from './open-context.ts';

const shown = 50;
const marks = { info: 'ℹ️ ', warning: '⚠️ ', critical: '🚨' } as const;

/** What is the matter with the service now, and what was. */
export function addAlertsCommand(program: Command): void {
  program
    .command('alerts')
    .description('Alertas abiertas · Open alerts')
    .option('--all', 'también las resueltas · those that are over too')
    .option('--json', 'para programas · for programs')
    .action(run);
}

async function run({ all = false, json = false }: { all?: boolean; json?: boolean }): Promise<void> {
  await using context = await openContext('jobs');
  const { language } = context.config;
  const found = await context.alerts.list({ ...(all ? {} : { isOpen: true }), limit: shown });
  for (const alert of found) {
    const { severity, openedAt, resolvedAt, count } = alert;
    const since = openedAt.toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' });
    const line = `${resolvedAt ? '✅' : marks[severity]} ${since}  ×${count}  ${describeAlert(alert, language)}`;
    process.stdout.write(`${json ? JSON.stringify(alert) : line}\n`);
  }
  // Not on standard output, where programs count lines.
  if (found.length === 0) process.stderr.write('Sin alertas · No alerts\n');
}

import { type Command, Option } from 'commander';
import { Language } from '../domain/language.ts';
import { Profile } from '../domain/reading.ts';
import { startService } from '../service.ts';
import { openContext } from './open-context.ts';
import { printOutcome } from './print-outcome.ts';
import { processFiles } from './process-files.ts';
import { showProgress } from './progress.ts';

interface ProcessOptions {
  json?: boolean;
  profile?: Profile;
  language?: Language;
}

export function addProcessCommand(program: Command): void {
  program
    .command('process')
    .description('Lee documentos y muestra lo que entendió · Reads documents and shows what it understood')
    .argument('<file...>', 'fotos o PDF · photos or PDFs')
    .option('--json', 'una línea JSON por archivo · one JSON line a file')
    .addOption(new Option('--profile <name>', 'velocidad o certeza · speed or certainty').choices(Profile.options))
    .addOption(new Option('--language <code>', 'idioma · language').choices(Language.options))
    .action(run);
}

/** Exit code 0 when every file got a result, review included; 1 when one could not be read; 130 when interrupted. */
async function run(paths: string[], options: ProcessOptions): Promise<void> {
  await using context = await openContext('read,understand,jobs');
  await using _service = await startService(context);
  const { profile = context.config.ocr.profile, language = context.config.language, json = false } = options;
  const progress = showProgress(paths.length);
  let hasErrors = false;
  for await (const outcome of processFiles(context, paths, { profile, language, onDone: progress.step })) {
    hasErrors ||= 'error' in outcome.result;
    progress.aside(() => printOutcome(outcome, language, json));
  }
  progress.end();
  if (hasErrors) process.exitCode = 1;
}

import type { Language } from '../domain/language.ts';
import { describeTicket } from '../notifier/describe.ts';
import type { FileOutcome } from './process-files.ts';

/** One JSON line, or the words that the bot would say under the file's name. */
export function printOutcome({ result, ticket }: FileOutcome, language: Language, json: boolean): void {
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : `${inWords()}\n\n`);

  function inWords(): string {
    const text =
      'error' in result && result.error ? result.error.message : ticket ? describeTicket(ticket, language) : '';
    return `── ${result.file}\n${text}`;
  }
}

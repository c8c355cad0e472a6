import { plainText } from './plain-text.ts';

/** What a person may ask for, with the words that ask for it in each language: Spanish first; accents and case do not count. */
export const commandWords = {
  start: ['start', 'empezar', 'inicio', 'hola', 'hello', 'hi', 'comecar', 'ola', 'oi'],
  help: ['ayuda', 'help', 'menu', 'ajuda'],
  status: ['estado', 'status'],
  invoices: ['facturas', 'invoices', 'faturas', 'notas'],
  expenses: ['gastos', 'expenses', 'despesas'],
  export: ['exportar', 'export'],
  data: ['datos', 'data', 'dados'],
  fix: ['corregir', 'fix', 'corrigir'],
  cancel: ['cancelar', 'cancel'],
  link: ['vincular', 'link'],
  language: ['idioma', 'language'],
  exportOwn: ['misdatos', 'mydata', 'meusdados'],
  getInvoice: ['facturar', 'getinvoice', 'pedirnota'],
  eraseOwn: ['borrar', 'erase', 'apagar'],
} as const;
export type CommandName = keyof typeof commandWords;

export interface Command {
  name: CommandName;
  /** What came after the word. */
  rest: string;
  /** `/gastos` and not `gastos`: in the middle of a dialog only the first is a command. */
  hasSlash: boolean;
}

const nameOfWord: ReadonlyMap<string, CommandName> = new Map(
  Object.entries(commandWords).flatMap(
    ([name, words]) => words.map((word): [string, CommandName] => [word, name as CommandName]), // the keys are exactly the names
  ),
);

/** Longer than any command; what is longer is not read further. */
const maxLength = 200;
/** Without a slash a sentence that only begins with such a word is no command. */
const maxWordsWithoutSlash = 3;

/** The command that a text is, with or without slash and bot name (`/ayuda@MiBot`); null when it is none. */
export function parseCommand(text: string): Command | null {
  if (text.length > maxLength) return null;
  const [, slash = '', word = '', rest = ''] =
    /^(\/?)(\p{L}+(?:[-_]\p{L}+)?)(?:@\w+)?(?:\s+(.*))?$/su.exec(plainText(text)) ?? [];
  const name = nameOfWord.get(fold(word).replace(/[-_]/g, ''));
  if (!name) return null;
  const hasSlash = slash !== '';
  if (!hasSlash && rest.split(/\s+/).length >= maxWordsWithoutSlash) return null;
  return { name, rest: rest.trim(), hasSlash };
}

/** Lower case without accents. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

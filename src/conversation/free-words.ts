import { type Command, type CommandName, fold } from './command.ts';
import { plainText } from './plain-text.ts';

/** Longer than any question of one breath; what is longer is not read. */
const maxLength = 300;

/** What people ask in their own words, folded, in the three languages; the first that fits counts. */
const questions: readonly (readonly [CommandName, RegExp])[] = [
  ['export', /\b(export\w*|excel|hoja de calculo|planilha|spreadsheet|csv)\b/],
  [
    'expenses',
    /\b(cuanto|quanto|how much)\b.*\b(gast\w*|pag\w*|compr\w*|llev\w*|spen[dt]\w*|paid|pay)|\b(mis|los|meus|os|my|the) (gastos|despesas|expenses)\b|\b(resumen|resumo|summary)\b/,
  ],
  ['fix', /\b(esta mal|esta errado|is wrong|leiste mal|leu errado|me equivoque|correg\w+|corrig\w+|correct)\b/],
  ['status', /\b(como va\w*|ya esta|ya quedo|how is it going|is it ready|ja esta pronto|como esta meu)\b/],
  [
    'invoices',
    /\b(mis|las|ultim[ao]s|minhas|as|my|the|latest) (ultim[ao]s )?(facturas|recibos|tickets|faturas|notas|invoices|receipts)\b/,
  ],
  [
    'data',
    /\b(mis datos fiscales|datos de facturacion|mi rfc|meus dados fiscais|my (fiscal|tax) (data|details)|mi (nit|rut|rif))\b/,
  ],
  [
    'language',
    /\b(habla\w*|fala\w*|speak|cambia\w*|muda\w*|change)\b.*\b(espanol|ingles|portugues|spanish|english|portuguese|idioma|language)\b/,
  ],
  [
    'help',
    /\b(que (puedes|sabes) hacer|como (funciona|te uso|se usa)|no entiendo|ayud\w+|what can you do|how does (it|this) work|o que voce (faz|pode)|me ajuda)\b/,
  ],
];

const thanks = /^(muchas |muito |mil )?(gracias|thanks|thank you|thx|obrigad[oa]|valeu)\b/;
const greeting =
  /^(hola|buen[oa]s|que tal|hello|hi|hey|good (morning|afternoon|evening)|ola|oi|bom dia|boa (tarde|noite))\b/;

export type FreeWords = { kind: 'command'; command: Command } | { kind: 'thanks' } | { kind: 'greeting' };

/** What somebody wants who does not know the commands; null when nobody can tell. */
export function freeWords(text: string): FreeWords | null {
  if (text.length > maxLength) return null;
  const folded = fold(plainText(text));
  const found = questions.find(([, pattern]) => pattern.test(folded));
  if (found) return { kind: 'command', command: { name: found[0], rest: restOf(found[0], folded), hasSlash: false } };
  const bare = folded.replace(/^[^\p{L}]+/u, '');
  if (thanks.test(bare)) return { kind: 'thanks' };
  return greeting.test(bare) && bare.split(' ').length <= 6 ? { kind: 'greeting' } : null;
}

const languageWords: readonly (readonly [string, RegExp])[] = [
  ['es', /espanol|spanish/],
  ['en', /ingles|english/],
  ['pt', /portugu/],
];

/** Of a question only what its command takes: the month, or the language. */
function restOf(name: CommandName, folded: string): string {
  if (name === 'expenses' || name === 'export') return monthWords(folded);
  if (name === 'language') return languageWords.find(([, pattern]) => pattern.test(folded))?.[0] ?? '';
  return '';
}

const monthPattern =
  /\b(ene(?:ro)?|feb(?:rero)?|mar(?:zo)?|abr(?:il)?|may(?:o)?|jun(?:io)?|jul(?:io)?|ago(?:sto)?|sept?(?:iembre)?|oct(?:ubre)?|nov(?:iembre)?|dic(?:iembre)?|january|february|march|april|june|july|august|september|october|november|december|janeiro|fevereiro|marco|maio|junho|julho|setembro|outubro|novembro|dezembro)\b(?:\s+(?:de(?:l)?\s+|of\s+|do\s+)?(\d{4}))?/;
const lastMonth = /\b(mes pasado|mes anterior|last month|mes passado)\b/;

function monthWords(folded: string): string {
  if (lastMonth.test(folded)) return '-1';
  const [, exact] = /\b(\d{4}-\d{2})\b/.exec(folded) ?? [];
  if (exact) return exact;
  const [, name = '', year = ''] = monthPattern.exec(folded) ?? [];
  return `${name} ${year}`.trim();
}

import type { AuthorityName, Compliance } from '../domain/compliance.ts';
import type { Language } from '../domain/language.ts';

/** What is said about the check of an invoice with its tax authority. */
interface ComplianceTexts {
  valid: string;
  cancelled: string;
  rejected: string;
  badQuestion: string;
  neverFound: string;
  notFoundYet: string;
  silent: string;
  waiting: string;
  listed: string;
  /** Many at once: how many were good, how many not. */
  results: (authority: AuthorityName, good: number, bad: number) => string;
}

const texts: Readonly<Record<Language, ComplianceTexts>> = {
  es: {
    valid: 'vigente',
    cancelled: 'cancelada',
    rejected: 'rechazada',
    badQuestion: 'no reconoce los datos de la factura',
    neverFound: 'no la encontró después de varios días',
    notFoundYet: 'aún no la tiene; si es reciente puede tardar. Vuelvo a preguntar y te aviso',
    silent: 'no contesta ahora. Vuelvo a preguntar y te aviso',
    waiting: 'pregunto en unos minutos y te aviso',
    listed: 'Atención: el emisor está en la lista de operaciones simuladas (EFOS) del SAT.',
    results: (authority, good, bad) =>
      `${authority}: ya contestó. ${good === 1 ? '1 factura válida' : `${good} facturas válidas`}${bad > 0 ? `, ${bad} no:` : '.'}`,
  },
  en: {
    valid: 'valid',
    cancelled: 'cancelled',
    rejected: 'rejected',
    badQuestion: "does not recognise the invoice's data",
    neverFound: 'did not find it after several days',
    notFoundYet: 'does not have it yet; a fresh one takes a while. I ask again and tell you',
    silent: 'does not answer now. I ask again and tell you',
    waiting: 'I ask in a few minutes and tell you',
    listed: "Careful: the issuer is on the SAT's list of simulated operations (EFOS).",
    results: (authority, good, bad) =>
      `${authority} has answered: ${good === 1 ? '1 valid invoice' : `${good} valid invoices`}${bad > 0 ? `, ${bad} not:` : '.'}`,
  },
  pt: {
    valid: 'vigente',
    cancelled: 'cancelada',
    rejected: 'rejeitada',
    badQuestion: 'não reconhece os dados da nota',
    neverFound: 'não a encontrou depois de vários dias',
    notFoundYet: 'ainda não a tem; se é recente pode demorar. Pergunto de novo e aviso',
    silent: 'não responde agora. Pergunto de novo e aviso',
    waiting: 'pergunto em alguns minutos e aviso',
    listed: 'Atenção: o emissor está na lista de operações simuladas (EFOS) do SAT.',
    results: (authority, good, bad) =>
      `${authority}: já respondeu. ${good === 1 ? '1 nota válida' : `${good} notas válidas`}${bad > 0 ? `, ${bad} não:` : '.'}`,
  },
};

/** `SAT: vigente`, and a warning where the issuer is on the list. */
export function complianceText(compliance: ComplianceShown, language: Language): string {
  const words = texts[language];
  const line = `${compliance.authority}: ${stateText(compliance, words)}`;
  return compliance.isEfosListed === true ? `${line}\n${words.listed}` : line;
}

type ComplianceShown = Pick<Compliance, 'authority' | 'status' | 'verdict' | 'isEfosListed'>;

function stateText({ status, verdict }: ComplianceShown, words: ComplianceTexts): string {
  if (status === 'VALIDATED') return words.valid;
  if (status === 'FAILED') return failureText(verdict, words);
  if (verdict === 'not-found') return words.notFoundYet;
  return status === 'PENDING' ? words.waiting : words.silent;
}

function failureText(verdict: Compliance['verdict'], words: ComplianceTexts): string {
  if (verdict === 'cancelled') return words.cancelled;
  if (verdict === 'not-found') return words.neverFound;
  return verdict === 'rejected' ? words.rejected : words.badQuestion;
}

/** Those that are not good are listed, no more than this. */
const listedAtMost = 20;

/** The results of one chat's invoices together; `label` is the invoice's number and issuer. */
export function complianceResultsText(results: readonly (ComplianceShown & { label: string })[], language: Language) {
  const [only] = results;
  if (only && results.length === 1) return `${only.label}\n${complianceText(only, language)}`;
  const names = [...new Set(results.map(({ authority }) => authority))];
  return names.map((name) => resultsOf(name, results, language)).join('\n');
}

function resultsOf(name: AuthorityName, all: Parameters<typeof complianceResultsText>[0], language: Language): string {
  const results = all.filter(({ authority }) => authority === name);
  const noted = results.filter(({ status, isEfosListed }) => status === 'FAILED' || isEfosListed === true);
  const bad = results.filter(({ status }) => status === 'FAILED').length;
  const lines = noted.slice(0, listedAtMost).map((one) => `• ${one.label} — ${complianceText(one, language)}`);
  return [texts[language].results(name, results.length - bad, bad), ...lines].join('\n');
}

import { cfdiUses, type FiscalProfile, regimes } from '../../domain/fiscal-profile.ts';
import type { Language } from '../../domain/language.ts';
import type { FiscalProfiles } from '../../store/fiscal-profiles.ts';
import type { Asker } from '../asker.ts';
import type { Reply } from '../conversation.ts';
import { refusal } from '../permissions.ts';
import { conversationTexts } from '../texts/texts.ts';
import type { FiscalDraft } from './fiscal-dialog.ts';

/** The company's fiscal data, with a way to change them for whoever may. */
export async function showFiscal(profiles: FiscalProfiles, { person, said, language }: Asker): Promise<Reply[]> {
  const { fiscal } = conversationTexts[language];
  const profile = await profiles.of(person.companyId);
  const text = profile ? [fiscal.title, ...fiscalLines(profile, language)].join('\n') : fiscal.none;
  if (refusal('save-fiscal', person, said)) return [{ text: profile ? text : fiscal.notYours }];
  return [{ text, buttons: [[{ label: profile ? fiscal.change : fiscal.begin, data: 'fis:start' }]] }];
}

/** Sets for whom the company's invoices are made. */
export async function saveFiscal(
  profiles: FiscalProfiles,
  { person, language }: Asker,
  profile: FiscalProfile,
): Promise<Reply[]> {
  const { fiscal } = conversationTexts[language];
  await profiles.save(person.companyId, profile, person.id);
  return [{ text: fiscal.saved }];
}

/** One line for each value that is there. */
export function fiscalLines(profile: FiscalDraft, language: Language): string[] {
  const { labels } = conversationTexts[language].fiscal;
  const { taxId, name, regime, postalCode, cfdiUse, email } = profile;
  const values = {
    ...{ taxId, name, postalCode, email },
    regime: regime && `${regime} ${regimes[regime]?.name ?? ''}`,
    cfdiUse: cfdiUse && `${cfdiUse} ${cfdiUses[cfdiUse] ?? ''}`,
  };
  const shown = ['taxId', 'name', 'regime', 'postalCode', 'cfdiUse', 'email'] as const;
  return shown.flatMap((key) => (values[key] ? [`${labels[key]}: ${values[key]}`] : []));
}

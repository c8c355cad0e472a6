import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Language } from '../../../src/domain/language.ts';
import { useSpoken } from '../i18n/use-words.tsx';

/** Each language names itself, in short, so that all of them fit beside each other. */
const spoken = [
  { value: 'es', label: <abbr title="Español">ES</abbr> },
  { value: 'en', label: <abbr title="English">EN</abbr> },
  { value: 'pt', label: <abbr title="Português">PT</abbr> },
] satisfies { value: Language; label: ReactNode }[];

export function LanguageToggle({ isWide = false }: { isWide?: boolean }) {
  const { language, words, speak } = useSpoken();
  return (
    <SegmentedControl<Language>
      aria-label={words.language.label}
      data={spoken}
      value={language}
      onChange={speak}
      size="xs"
      fullWidth={isWide}
    />
  );
}

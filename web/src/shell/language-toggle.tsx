import { SegmentedControl } from '@mantine/core';
import type { Language } from '../../../src/domain/language.ts';
import { useSpoken } from '../i18n/use-words.tsx';

const wide = [
  { value: 'es', label: 'Español' },
  { value: 'en', label: 'English' },
  { value: 'pt', label: 'Português' },
] as const;
const narrow = [
  { value: 'es', label: 'ES' },
  { value: 'en', label: 'EN' },
  { value: 'pt', label: 'PT' },
] as const;

export function LanguageToggle({ isWide = false }: { isWide?: boolean }) {
  const { language, words, speak } = useSpoken();
  return (
    <SegmentedControl<Language>
      aria-label={words.language.label}
      data={isWide ? [...wide] : [...narrow]}
      value={language}
      onChange={speak}
      size="xs"
      fullWidth={isWide}
    />
  );
}

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Language } from '../../../src/domain/language.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import type { Words } from './words.ts';

const allWords: Record<Language, Words> = { es, en };
const storageKey = 'recibot-language';

interface Spoken {
  language: Language;
  words: Words;
  speak(language: Language): void;
}

const SpokenContext = createContext<Spoken | null>(null);

export function WordsProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const spoken = useMemo(() => {
    const speak = (next: Language) => {
      remember(next);
      setLanguage(next);
    };
    return { language, words: allWords[language], speak };
  }, [language]);
  return <SpokenContext value={spoken}>{children}</SpokenContext>;
}

export function useSpoken(): Spoken {
  const spoken = useContext(SpokenContext);
  if (!spoken) throw new Error('useSpoken needs a WordsProvider around it');
  return spoken;
}

export function useWords(): Words {
  return useSpoken().words;
}

/** What was chosen here before, else English for a browser that prefers it to Spanish, else Spanish. */
function firstLanguage(): Language {
  const chosen = recall();
  if (chosen === 'es' || chosen === 'en') return chosen;
  const preferred = navigator.languages.find((tag) => /^(es|en)\b/i.test(tag)) ?? 'es';
  return preferred.toLowerCase().startsWith('en') ? 'en' : 'es';
}

function recall(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null; // storage is forbidden
  }
}

function remember(language: Language): void {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Storage is forbidden: the choice lasts until the page is left.
  }
}

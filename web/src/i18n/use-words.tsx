import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { Language } from '../../../src/domain/language.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { pt } from './pt.ts';
import type { Words } from './words.ts';

const allWords: Record<Language, Words> = { es, en, pt };
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
  const speak = useCallback((next: Language) => {
    remember(next);
    setLanguage(next);
  }, []);
  const spoken = useMemo(() => {
    return { language, words: allWords[language], speak };
  }, [language, speak]);
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

/** What was chosen here before, else the first of the browser's languages that is spoken here, else Spanish. */
function firstLanguage(): Language {
  const wished = [recall() ?? '', ...navigator.languages].map((tag) => tag.slice(0, 2).toLowerCase());
  return wished.find(isSpoken) ?? 'es';
}

function isSpoken(code: string): code is Language {
  return Object.hasOwn(allWords, code);
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

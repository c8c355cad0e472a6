import { type Dispatch, useCallback, useEffect, useRef } from 'react';
import type { Language } from '../../../src/domain/language.ts';
import { postSaid, type SaidBody } from '../net/api.ts';
import type { ChatAction } from './chat-state.ts';
import { newMessageId } from './message-id.ts';
import { createSpeakQueue, type SpeakQueue } from './speak-queue.ts';

/** What a person can say, and that the page and the chat speak the same language. */
export function useTalk(language: Language, speak: (language: Language) => void, dispatch: Dispatch<ChatAction>) {
  const queueRef = useRef<SpeakQueue | null>(null);
  const spokenRef = useRef(language);

  useEffect(() => {
    const onLanguage = (next: Language) => {
      spokenRef.current = next;
      speak(next);
    };
    const queue = createSpeakQueue({ dispatch, post: postSaid, onLanguage });
    queueRef.current = queue;
    return () => queue.close();
  }, [dispatch, speak]);

  useEffect(() => {
    if (spokenRef.current === language) return;
    spokenRef.current = language;
    queueRef.current?.add(newMessageId(), { language }, language);
  }, [language]);

  const put = useCallback(
    (shown: string, body: SaidBody) => {
      const message = newMessageId();
      const speaking = { message, shown, state: 'waiting', reason: '', at: new Date().toISOString() } as const;
      queueRef.current?.add(message, body, language, speaking);
    },
    [language],
  );
  const say = useCallback((text: string) => put(text, { text }), [put]);
  const press = useCallback((label: string, data: string) => put(label, { button: { label, data } }), [put]);
  const connected = useCallback(() => queueRef.current?.connected(), []);
  return { say, press, connected };
}

import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { useSpoken } from '../i18n/use-words.tsx';
import { postDocument } from '../net/api.ts';
import { chatReducer, emptyChat } from './chat-state.ts';
import { type Connection, follow } from './follow.ts';
import { outgoingOf } from './outgoing.ts';
import { createSendQueue, type SendQueue } from './send-queue.ts';
import { timeline } from './timeline.ts';
import { useTalk } from './use-talk.ts';

/** The chat's content, its connection, and what a person can do in it. */
export function useChat() {
  const { language, words, speak } = useSpoken();
  const tooLarge = words.texts.failures['too-large'];
  const [state, dispatch] = useReducer(chatReducer, emptyChat);
  const [connection, setConnection] = useState<Connection>('connecting');
  const queueRef = useRef<SendQueue | null>(null);
  const { say, press, connected: connectedWords } = useTalk(language, speak, dispatch);

  useEffect(() => {
    const queue = createSendQueue({ dispatch, post: postDocument });
    queueRef.current = queue;
    return () => queue.close();
  }, []);

  useEffect(() => {
    const onConnection = (next: Connection) => {
      setConnection(next);
      if (next !== 'live') return;
      queueRef.current?.connected();
      connectedWords();
    };
    return follow(language, dispatch, onConnection);
  }, [language, connectedWords]);

  const send = useCallback(
    (files: readonly File[]) => {
      for (const file of files) {
        const outgoing = outgoingOf(file, tooLarge);
        dispatch({ type: 'outgoing', outgoing });
        if (outgoing.state === 'waiting') queueRef.current?.add(outgoing, language);
      }
    },
    [language, tooLarge],
  );
  const retryNow = useCallback((message: string) => queueRef.current?.retryNow(message), []);
  const discard = useCallback((message: string) => queueRef.current?.discard(message), []);
  const items = useMemo(() => timeline(state), [state]);
  const isThinking = state.speaking.some((one) => one.state === 'sending');
  const { documents, isLoaded } = state;
  return { items, documents, isLoaded, isThinking, connection, send, say, press, retryNow, discard };
}

export type Chat = ReturnType<typeof useChat>;

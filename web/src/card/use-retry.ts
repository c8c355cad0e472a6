import { useState } from 'react';
import { useSpoken } from '../i18n/use-words.tsx';
import { retryTicket } from '../net/api.ts';

/** Asks for a ticket to be read again; what comes of it arrives with the chat's events. */
export function useRetry(ticketId: string) {
  const { language } = useSpoken();
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);

  async function run(): Promise<void> {
    setBusy(true);
    try {
      await retryTicket(ticketId, language);
      setFailed(false);
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  }

  return { isBusy, hasFailed, retry: () => void run() };
}

import { useCallback, useEffect, useState } from 'react';
import type { ChannelView } from '../../../src/api/routes/channels.ts';
import { loadChannels, orderChannel, WrongKey } from './admin-api.ts';

/** WhatsApp shows a QR code for 20 s; an order is obeyed within a second or two. */
const lookMs = 2_000;

export interface Channels {
  /** Null until they are known. */
  channels: ChannelView[] | null;
  isAway: boolean;
  order(name: string, order: 'stop' | 'start' | 'unlink'): Promise<void>;
}

/** The channels as they are now, asked for again and again; `onWrongKey` when the key is refused. */
export function useChannels(key: string, onWrongKey: () => void): Channels {
  const [channels, setChannels] = useState<ChannelView[] | null>(null);
  const [isAway, setIsAway] = useState(false);
  const look = useCallback(async () => {
    try {
      setChannels(await loadChannels(key));
      setIsAway(false);
    } catch (error) {
      if (error instanceof WrongKey) onWrongKey();
      else setIsAway(true);
    }
  }, [key, onWrongKey]);
  useEffect(() => {
    void look();
    const timer = setInterval(() => void look(), lookMs);
    return () => clearInterval(timer);
  }, [look]);
  const order = useCallback(
    async (name: string, what: 'stop' | 'start' | 'unlink') => {
      await orderChannel(key, name, what).catch(() => setIsAway(true));
      await look();
    },
    [key, look],
  );
  return { channels, isAway, order };
}

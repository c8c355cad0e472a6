import type { Clock } from '../domain/clock.ts';
import type { ChannelState } from './channel.ts';

type Link = ChannelState['link'];

/** Keeps how a channel is. `since` is when it entered its status; what is told again changes nothing. */
export function createChannelState(clock: Clock) {
  let state: ChannelState = { status: 'stopped', since: clock.now(), lastError: null };
  return {
    state: () => state,
    /** The last error stays known until another one, or `null`, is given. */
    enter(status: ChannelState['status'], lastError: string | null = state.lastError, link?: Link): void {
      const since = status === state.status ? state.since : clock.now();
      state = { status, since, lastError, ...(link ? { link } : {}) };
    },
  };
}

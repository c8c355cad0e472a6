import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import type { Config } from '../config/env.ts';
import type { Tell } from './channels/channel.ts';
import type { Conversation } from './conversation/conversation.ts';
import type { Clock } from './domain/clock.ts';
import type { Forgetful } from './jobs/forget.ts';
import { createAnswerMeter } from './metrics.ts';
import { type Batcher, createBatcher } from './notifier/batch/batcher.ts';
import { createHold, type Hold } from './notifier/hold.ts';
import { createQuietEnd } from './notifier/quiet/quiet.ts';
import { createTell } from './notifier/tell.ts';
import { type Alerts, createAlerts } from './store/alerts.ts';
import { type AnswerBatches, createAnswerBatches } from './store/answer-batches.ts';
import { type ChannelOrders, createChannelOrders } from './store/channel-orders.ts';
import { type ChannelStates, createChannelStates } from './store/channel-states.ts';
import { type ChatActivity, createChatActivity } from './store/chat-activity.ts';
import type { Store } from './store/connect.ts';
import { createOutgoingBox, type OutgoingBox } from './store/outgoing.ts';
import type { People } from './store/people.ts';
import type { Tickets } from './store/tickets.ts';

/** What looks after the channels and what they say, shared by all parts. */
export interface Operations {
  /** What waits to be told in chats; `tell` puts it there. */
  outgoing: OutgoingBox;
  tell: Tell;
  /** Which answers wait, and which are summed up. */
  hold: Hold;
  batcher: Batcher;
  batches: AnswerBatches;
  alerts: Alerts;
  /** How the channels of all processes are, and how operators want them. */
  states: ChannelStates;
  orders: ChannelOrders;
  people: People;
  activity: ChatActivity;
  /** What this process measures. */
  metrics: Registry;
  noteAnswer(channel: string, seconds: number): void;
}

export interface OperationsDeps {
  connection: Store['connection'];
  people: People;
  tickets: Tickets;
  clock: Clock;
  log: Logger;
}

export async function openOperations(config: Config, deps: OperationsDeps): Promise<Operations> {
  const { connection, people, tickets, clock, log } = deps;
  const outgoing = await createOutgoingBox(connection);
  const activity = await createChatActivity(connection);
  const { quietHours: hours, timeZone } = config;
  const quietEnd = createQuietEnd({ people, activity, hours, timeZone, clock });
  const tell = createTell({ outgoing, quietEnd, clock });
  const batches = await createAnswerBatches(connection);
  const batcher = createBatcher({ batches, tickets, tell, clock, log });
  const hold = createHold({ outgoing, tickets, batcher, quietEnd, clock });
  const alerts = await createAlerts(connection, clock);
  const states = await createChannelStates(connection);
  const orders = createChannelOrders(connection);
  const told = { outgoing, tell, hold, batcher, batches, alerts };
  const metrics = new Registry();
  return { ...told, states, orders, people, activity, metrics, noteAnswer: createAnswerMeter(metrics) };
}

/** What of it is only kept for a while. */
export function forgetfulOf({ outgoing, batches, alerts, states, activity }: Operations): Forgetful[] {
  return [outgoing, batches, alerts, states, activity];
}

/** The conversation, noting who is there, so that nobody who writes is kept waiting. */
export function noticing(conversation: Conversation, activity: ChatActivity, clock: Clock): Conversation {
  return {
    ...conversation,
    handle: async (said) => {
      await activity.note(said, clock.now());
      return conversation.handle(said);
    },
    admit: async (who) => {
      await activity.note(who, clock.now());
      return conversation.admit(who);
    },
  };
}

import { EventEmitter, once } from 'node:events';
import type { Delivery, Handler } from '../../src/bus/bus.ts';

/** A handler that remembers what it was given, and says when it has been given enough. */
export interface Recorder {
  handler: Handler;
  deliveries: readonly Delivery[];
  /** Resolves when there have been `count` deliveries in all, with those so far. */
  received(count: number): Promise<readonly Delivery[]>;
}

/** `then` is what the handler does once the delivery is noted; it may throw. */
export function aRecorder(then: Handler = async () => {}): Recorder {
  const deliveries: Delivery[] = [];
  const news = new EventEmitter();
  return {
    deliveries,
    handler: async (delivery, signal) => {
      deliveries.push(delivery);
      news.emit('delivery');
      await then(delivery, signal);
    },
    received: async (count) => {
      while (deliveries.length < count) await once(news, 'delivery');
      return deliveries;
    },
  };
}

/** A door that handlers wait at until it is opened. */
export function aGate(): { opened: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

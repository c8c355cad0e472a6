import { createRabbitBus } from '../../src/bus/rabbitmq/rabbit-bus.ts';
import { type BusWorld, describeBus, suiteRetry } from '../contracts/bus.ts';
import { startRabbit, whyNoRabbit } from '../support/rabbitmq.ts';
import { realClock } from '../support/real-clock.ts';
import { quiet } from '../support/store.ts';

describeBus('the RabbitMQ bus', aWorld, whyNoRabbit);

async function aWorld(): Promise<BusWorld> {
  const server = await startRabbit();
  const where = { url: server.url, prefix: `test-${process.pid}` };
  return {
    open: () =>
      createRabbitBus({ ...where, clock: realClock, log: quiet, retry: suiteRetry, publishTimeoutMs: 30_000 }),
    where,
    ...(server.isOurs ? {} : { whyNoCrash: 'the server of TEST_RABBITMQ_URL is not ours to kill' }),
    crashServer: () => server.kill(),
    restoreServer: () => server.start(),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { aPurchase, aReceiptPicture } from '../support/receipt-picture.ts';
import { keepRunning } from './process-group.ts';
import { type History, openChat } from './web-client.ts';

export interface ChaosOptions {
  dataDir: string;
  documents: number;
  kills: number;
  /** With a broker the messages go over it; without one over the embedded bus. */
  rabbitmqUrl?: string;
  /** Other parts that may be killed, such as the broker. */
  otherTargets?: Record<string, () => Promise<void>>;
  /** 0 to 1, for a repeatable choice of moments and victims. */
  random: () => number;
  log: (line: string) => void;
}

export interface DocumentEnd {
  number: number;
  ticketId: string;
  finalStages: string[];
  stage: string;
  total: string | undefined;
  expectedTotal: string;
  /** Every different text that was seen as its answer, over the whole run. */
  answers: string[];
}

export interface ChaosReport {
  ends: DocumentEnd[];
  kills: Record<string, number>;
  starts: { service: number; worker: number };
}

const chats = 4;
const finalStages = ['COMPLETED', 'HUMAN_REVIEW', 'FAILED', 'DUPLICATE'];
const endWithinMs = 300_000;

/**
 * Sends documents to a service of two processes while it, its worker and its database are killed with SIGKILL at random, waits
 * until nothing is under way, and tells how each document ended.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { dataDir, documents, kills, random, log } = options;
  const port = await freePort();
  const env = {
    ...{ DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'warn', OCR_WORKERS: '1', OCR_BACKENDS: 'paddle' },
    ...(options.rabbitmqUrl ? { RABBITMQ_URL: options.rabbitmqUrl } : {}),
  };
  const service = keepRunning({ ...env, ROLES: 'channels,api,jobs' });
  const worker = keepRunning({ ...env, ROLES: 'read,understand' });
  const targets: Record<string, () => Promise<void>> = {
    service: async () => service.kill(),
    worker: async () => worker.kill(),
    database: async () => {
      process.kill(Number(await readFile(join(dataDir, 'engine.pid'), 'utf8')), 'SIGKILL');
    },
    ...options.otherTargets,
  };
  const killed: Record<string, number> = {};
  try {
    const open = await Promise.all(Array.from({ length: chats }, () => openChat(`http://127.0.0.1:${port}`)));
    const chatOf = (number: number) => open[number % chats] ?? Promise.reject(new Error('no chat'));
    const answers = new Map<string, Set<string>>();
    const watch = async () => {
      const histories = await Promise.all(open.map((chat) => chat.history()));
      for (const history of histories) noteAnswers(history, answers);
      return histories.flatMap(({ entries }) => entries);
    };

    const sent = sendAll();
    for (let kill = 0; kill < kills; kill += 1) {
      await pause(500 + random() * 3_500);
      const name = Object.keys(targets)[Math.floor(random() * Object.keys(targets).length)] ?? 'service';
      await targets[name]?.().catch((error: unknown) => log(`  ${name} was not there to kill: ${String(error)}`));
      killed[name] = (killed[name] ?? 0) + 1;
      log(`  kill -9 ${kill + 1}/${kills}: ${name}`);
      await watch();
    }
    const tickets = await sent;
    const entries = await untilAllEnded(watch, tickets.length);
    const ends = tickets.map((ticketId, number) => endOf(number, ticketId, entries, answers));
    return { ends, kills: killed, starts: { service: service.starts, worker: worker.starts } };

    async function sendAll(): Promise<string[]> {
      const ids: string[] = [];
      for (let number = 0; number < documents; number += 1) {
        const picture = await aReceiptPicture(aPurchase(number).rows);
        const chat = await chatOf(number);
        ids.push(await chat.send(`message-${number}`, `ticket-${number}.png`, new Uint8Array(picture)));
      }
      return ids;
    }
  } finally {
    await Promise.all([service.stop(), worker.stop()]);
  }
}

type Entry = History['entries'][number];

function noteAnswers({ entries }: History, answers: Map<string, Set<string>>): void {
  for (const { type, ticketId, text } of entries) {
    if (type !== 'answer' || !ticketId || text === undefined) continue;
    const texts = answers.get(ticketId) ?? new Set();
    answers.set(ticketId, texts.add(text));
  }
}

async function untilAllEnded(watch: () => Promise<Entry[]>, documents: number): Promise<Entry[]> {
  const deadline = Date.now() + endWithinMs;
  for (;;) {
    const entries = await watch();
    const ended = entries.filter(({ type, isFinal }) => type === 'document' && isFinal).length;
    const answered = entries.filter(({ type }) => type === 'answer').length;
    if ((ended >= documents && answered >= documents) || Date.now() > deadline) return entries;
    await pause(300);
  }
}

function endOf(number: number, ticketId: string, entries: Entry[], answers: Map<string, Set<string>>): DocumentEnd {
  const document = entries.find(({ type, id }) => type === 'document' && id === ticketId);
  const stages = (document?.stages ?? []).map(({ stage }) => stage);
  return {
    number,
    ticketId,
    finalStages: stages.filter((stage) => finalStages.includes(stage)),
    stage: document?.result?.stage ?? 'lost',
    total: document?.result?.fields.total?.value,
    expectedTotal: aPurchase(number).total,
    answers: [...(answers.get(ticketId) ?? [])],
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

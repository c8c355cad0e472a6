import type { Role } from '../config/env.ts';
import { silentChannels } from './channels/silent-channels.ts';
import type { AppContext } from './context.ts';
import { isFinal, type Stage } from './domain/stage.ts';
import type { Ticket } from './domain/ticket.ts';
import { tellingDuplicates } from './pipeline/duplicates/tell-duplicates.ts';
import type { Step } from './pipeline/step.ts';
import { classifyStep, extractStep, readStep } from './pipeline/steps.ts';

/**
 * The whole way of a document, top to bottom:
 *
 *     channel ─ intake ─▶ UPLOADED ─ read ─▶ MERCHANT_CLASSIFICATION ─ classify ─▶ FIELD_EXTRACTION ─ extract ─▶ (AUTOMATION_QUEUE ─ automation ─▶) (COMPLIANCE ─ comply ─▶) final ─ answer-<channel> ─▶ channel
 *
 * A stage's queue is fed when a ticket enters the stage (see `route`), and each queue has one consumer, below.
 */
export interface FlowStep {
  /** The role whose processes do this work. */
  role: Role;
  queue: string;
  /** Stages that a ticket in this queue may have. */
  takes: readonly Stage[];
  /** Stages into which the step may move it. */
  gives: readonly Stage[];
  /** How many at once in one process. */
  concurrency: (context: AppContext) => number;
  build: (context: AppContext) => Step | Promise<Step>;
}

export const flow: readonly FlowStep[] = [
  {
    role: 'read',
    queue: 'read',
    takes: ['UPLOADED', 'OCR_PROCESSING'],
    gives: ['MERCHANT_CLASSIFICATION', 'COMPLETED', 'HUMAN_REVIEW', 'FAILED'],
    concurrency: ({ config }) => config.ocr.workers,
    build: async (context) => {
      const { technicalKeys } = context.config;
      return readStep({ ...context, technicalKeys, reader: await context.reader() });
    },
  },
  {
    role: 'understand',
    queue: 'classify',
    takes: ['MERCHANT_CLASSIFICATION'],
    gives: ['FIELD_EXTRACTION', 'HUMAN_REVIEW', 'FAILED'],
    concurrency: () => 4,
    build: (context) => classifyStep(context),
  },
  {
    role: 'understand',
    queue: 'extract',
    takes: ['FIELD_EXTRACTION'],
    gives: ['AUTOMATION_QUEUE', 'COMPLIANCE', 'COMPLETED', 'HUMAN_REVIEW', 'FAILED', 'DUPLICATE'],
    concurrency: () => 4,
    build: (context) => tellingDuplicates(extractStep(context), context),
  },
  {
    role: 'invoice',
    queue: 'automation',
    takes: ['AUTOMATION_QUEUE', 'WEB_AUTOMATION'],
    gives: ['COMPLIANCE', 'COMPLETED', 'HUMAN_REVIEW', 'FAILED'],
    concurrency: ({ config }) => config.portals.atOnce,
    build: ({ portals }) => portals.step,
  },
  {
    role: 'understand',
    queue: 'comply',
    takes: ['COMPLIANCE'],
    gives: ['COMPLETED', 'HUMAN_REVIEW', 'FAILED'],
    concurrency: () => 4,
    build: ({ compliance }) => compliance.step,
  },
];

/** The queue that answers a channel's tickets. */
export function answerQueue(channel: string): string {
  return `answer-${channel}`;
}

/** The queue that a ticket goes to when it enters `stage`; null where nothing follows. */
export function route({ source }: Pick<Ticket, 'source'>, stage: Stage): string | null {
  if (isFinal(stage)) return silentChannels.has(source.channel) ? null : answerQueue(source.channel);
  return flow.find(({ takes }) => takes.includes(stage))?.queue ?? null;
}

/** The queue from which purchases go into the books, whether or not somebody waits for an answer. */
export const bookQueue = 'book';

/** Queues that a ticket goes to besides the one of `route`. */
export function alsoFeeds(stage: Stage): readonly string[] {
  return stage === 'COMPLETED' ? [bookQueue] : [];
}

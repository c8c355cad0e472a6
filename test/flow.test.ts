import assert from 'node:assert/strict';
import { test } from 'node:test';
import { channelNames } from '../src/channels/registry.ts';
import { silentChannels } from '../src/channels/silent-channels.ts';
import { isFinal, nextStages, type Stage } from '../src/domain/stage.ts';
import { answerQueue, flow, route } from '../src/flow.ts';

const from = (channel: string) => ({ source: { channel, account: 'a', chat: 'c', message: 'm', attachment: 0 } });

test('each stage that a step gives is final or taken by exactly one other step', () => {
  const given = new Set<Stage>(['UPLOADED', ...flow.flatMap(({ gives }) => gives)]);

  for (const stage of given) {
    const takers = flow.filter(({ takes }) => takes.includes(stage));
    assert.equal(takers.length, isFinal(stage) ? 0 : 1, stage);
  }
});

test('each stage that a step takes is given by another one, begun by itself, or the first', () => {
  const given = new Set<Stage>(['UPLOADED', ...flow.flatMap(({ gives }) => gives)]);

  for (const { takes, queue } of flow) {
    const [first, ...begun] = takes;
    assert.ok(first && given.has(first), `${queue} is fed`);
    for (const stage of begun) assert.ok(first && nextStages(first).includes(stage), `${queue} begins ${stage} itself`);
  }
});

test('each move of the flow is allowed by the life-cycle', () => {
  for (const { takes, gives, queue } of flow) {
    const working = takes.at(-1);
    for (const stage of gives) assert.ok(working && nextStages(working).includes(stage), `${queue} → ${stage}`);
  }
});

test('no two steps share a queue, and a stage leads to the queue of the step that takes it', () => {
  assert.equal(new Set(flow.map(({ queue }) => queue)).size, flow.length);
  for (const { takes, queue } of flow) for (const stage of takes) assert.equal(route(from('webchat'), stage), queue);
});

test('an ending is answered in its own channel, unless whoever sent it waits for the result itself', () => {
  for (const channel of channelNames) assert.equal(route(from(channel), 'COMPLETED'), answerQueue(channel));
  for (const channel of silentChannels) assert.equal(route(from(channel), 'FAILED'), null);
});

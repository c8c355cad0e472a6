import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canMove, isFinal, nextStages, Stage } from '../../src/domain/stage.ts';

test('every stage can be reached from UPLOADED', () => {
  const reached = new Set<Stage>(['UPLOADED']);
  for (const stage of reached) for (const next of nextStages(stage)) reached.add(next);

  assert.deepEqual(new Set(Stage.options), reached);
});

test('a stage that is not final always has a way to a final one', () => {
  const open = Stage.options.filter((stage) => !isFinal(stage));

  for (const stage of open) assert.ok(nextStages(stage).some(isFinal) || nextStages(stage).length > 0, stage);
  for (const stage of open) assert.ok(canMove(stage, 'FAILED'), `${stage} must be able to fail`);
});

test('a finished ticket may only be read again, be invoiced, or go on from review', () => {
  assert.deepEqual(nextStages('COMPLETED'), ['AUTOMATION_QUEUE', 'UPLOADED']);
  assert.deepEqual(nextStages('FAILED'), ['UPLOADED']);
  assert.deepEqual(nextStages('DUPLICATE'), []);
  assert.equal(canMove('COMPLETED', 'FAILED'), false);
});

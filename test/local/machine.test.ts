import { assessedItem } from './items';
import { readOutputs, OUTPUTS } from '../../local/emulator/deployment';
import { orphanOf } from '../../local/scenario/sweep-steps';

describe('readOutputs', () => {
  const outputs = Object.fromEntries(OUTPUTS.map((name) => [name, 'value']));

  test('returns the outputs of the stack', () => {
    expect(readOutputs({ 'WebhookProcessing-local': outputs })).toEqual(outputs);
  });

  test('finds the outputs of the system by their content', () => {
    const { WebhookSecretStripe, ...others } = outputs;

    expect(readOutputs({ 'WebhookProcessing-local': { ...others, PaymentsWebhookSecretStripe5E74A875: WebhookSecretStripe } })).toEqual(outputs);
  });

  test('names the missing outputs', () => {
    const { ApiId, TopicArn, ...others } = outputs;

    expect(() => readOutputs({ 'WebhookProcessing-local': others }))
      .toThrow('the stack WebhookProcessing-local has no output ApiId, TopicArn: local/app.ts must have it');
  });
});

test('orphanOf returns an item that was claimed long ago and has no verdict', () => {
  const orphan = orphanOf(assessedItem(), new Date('2026-01-01T01:00:00.000Z'), { name: 'orphan', minutesAgo: 15 });

  expect(orphan).toMatchObject({
    event_id: { S: 'evt_local_orphan' },
    claim_owner: { S: 'an execution that died' },
    claimed_at: { S: '2026-01-01T00:45:00.000Z' },
    sweep_at: { S: '2026-01-01T01:10:00.000Z' },
    amount_minor: { N: '2500000' },
  });
  expect(Object.keys(orphan)).not.toEqual(expect.arrayContaining(['verdict']));
  expect(orphan).not.toHaveProperty('sweeps');
});

test('orphanOf returns an item that the sweep has attempted several times', () => {
  expect(orphanOf(assessedItem(), new Date('2026-01-01T01:00:00.000Z'), { name: 'old', minutesAgo: 60, sweeps: 10 }))
    .toMatchObject({ received_at: { S: '2026-01-01T00:00:00.000Z' }, sweeps: { N: '10' } });
});

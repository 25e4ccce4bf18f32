import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Request } from './request';
import { until, type ScenarioContext, type Step } from './scenario-context';
import { Attr, DetailType, Metric, RecordType } from '../../src/private/contract';
import { SUFFIX } from '../emulator/deployment';
import { describeAnswers } from '../observe/describe';
import type { TableItem } from '../observe/observations';

const FRAUD_DETECTOR_LOG = `/aws/lambda/fraud-detector-${SUFFIX}`;

/** An entry of the blocklist, written as docs/fraud.md describes. */
function customerEntry(customer: string): TableItem {
  return { [Attr.TRANSACTION_ID]: { S: `blocklist:customer:${customer}` }, [Attr.TIMESTAMP]: { S: '-' } };
}

/** An operator blocks a customer after an earlier payment has been assessed. */
export function blockCustomer(customer: string, reason: string, earlierId: string): Step {
  return async (context) => {
    await untilAssessed(earlierId, context);
    await context.clients.dynamodb.send(new PutItemCommand({
      TableName: context.outputs.TableName,
      Item: { ...customerEntry(customer), [Attr.RECORD_TYPE]: { S: RecordType.BLOCKLIST_ENTRY }, [Attr.REASON]: { S: reason } },
    }));
    return 'put';
  };
}

/** An operator removes the customer from the blocklist after the blocked payment has been assessed. Then another payment arrives. */
export function unblockCustomer(customer: string, blockedId: string, next: Request): Step {
  return async (context) => {
    await untilAssessed(blockedId, context);
    await context.clients.dynamodb.send(new DeleteItemCommand({ TableName: context.outputs.TableName, Key: customerEntry(customer) }));
    return `deleted, ${describeAnswers([await context.sender.send(next)])}`;
  };
}

/** Repeats the event of a payment on the bus five times at once, because the bus delivers at least once. */
export function fiveTimesMoreOnTheBus(request: Request): Step {
  return async ({ clients, outputs, sender, observe }) => {
    const answer = describeAnswers([await sender.send(request)]);
    const event = await until(observe, ({ busEvents }) => busEvents.find(({ detail }) => detail.event_id === request.id));
    const { FailedEntryCount } = await clients.eventBridge.send(new PutEventsCommand({
      Entries: Array.from({ length: 5 }, () => ({
        EventBusName: outputs.EventBusName, Source: event.source, DetailType: DetailType.RECEIVED, Detail: JSON.stringify(event.detail),
      })),
    }));
    return FailedEntryCount ? `${FailedEntryCount} were rejected` : `${answer}, 5 more`;
  };
}

/** Every verdict names the rules that produced it, and those are stored. */
export const rulesBehindTheVerdicts: Step = async ({ observe }) => {
  const { items } = await observe();
  const kept = items.filter((item) => item[Attr.RECORD_TYPE]?.S === RecordType.RULE_SET).map((item) => item[Attr.TRANSACTION_ID].S);
  const named = new Set(items.filter((item) => item[Attr.VERDICT]).map((item) => `${RecordType.RULE_SET}:${item[Attr.RULE_SET]?.S}`));
  return [...named].every((id) => kept.includes(id)) ? 'kept' : `not kept: ${[...named].join(', ')}`;
};

/** The verdict of the shadow rules is stored with the payment, and the invocation that gave it counts it in its log. */
export function shadowVerdictOf(eventId: string): Step {
  return async (context) => {
    const { [Attr.SHADOW_VERDICT]: verdict, [Attr.SHADOW_SCORE]: score } = await untilAssessed(eventId, context);
    // The log is written after the item.
    const counted = await until(() => detectorLog(context), (lines) => {
      const assessment = lines.find((line) => line.eventId === eventId);
      return assessment && lines.find((line) => line.requestId === assessment.requestId && line[Metric.SHADOW_VERDICT] === 1);
    });
    return `shadow ${verdict?.S} (${score?.N}), counted as ${String(counted.Verdict)}`;
  };
}

/** The lines of the fraud detector's log, apart from those that Lambda writes. */
async function detectorLog({ clients }: ScenarioContext): Promise<ReadonlyArray<{ readonly [field: string]: unknown }>> {
  const { events = [] } = await clients.logs.send(new FilterLogEventsCommand({ logGroupName: FRAUD_DETECTOR_LOG }));
  return events.filter(({ message }) => message?.startsWith('{')).map(({ message = '' }) => JSON.parse(message) as { readonly [field: string]: unknown });
}

/** Waits for the verdict about an event, and returns the item. */
export async function untilAssessed(eventId: string, { observe }: ScenarioContext): Promise<TableItem> {
  return until(observe, ({ items }) => items.find((item) => item[Attr.EVENT_ID]?.S === eventId && item[Attr.VERDICT]));
}

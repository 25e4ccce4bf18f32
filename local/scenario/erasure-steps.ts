import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Request } from './request';
import { until, type ScenarioContext, type Step } from './scenario-context';
import { LocalFailure } from '../../cli/local/emulator/failure';
import { ARCHIVE_PREFIX, Attr, BODY_PREFIX } from '../../src/private/contract';
import { STACK } from '../emulator/deployment';
import { describeAnswers } from '../observe/describe';
import type { TableItem } from '../observe/observations';

/** A customer of the same provider, who is not erased. */
const STAYING = 'cus_local_staying';

/** The customer's id, and a name that only the customer's webhooks contain. */
export interface LeavingCustomer {
  readonly customer: string;
  readonly name: string;
}

/** The part of the tool's result that is shown. */
interface ErasureSummary {
  readonly table: { readonly items: number };
  readonly archive: { readonly objects_replaced: number };
  readonly dead_letter_queue: { readonly messages_deleted: number };
}

/** Every text that is stored, by its place. */
type StoredTexts = ReadonlyMap<string, string>;

/**
 * Delivers webhooks of a customer and one of another customer, erases the first with the built tool, and delivers the same
 * webhooks again. Throws if anything of the customer remains, or if the other customer's data changes.
 */
export function erasesACustomer({ customer, name }: LeavingCustomer, webhooks: readonly Request[], other: Request, signedAt: Date): Step {
  return async (context) => {
    const { sender, runTool, observe, leavingDeadLetters } = context;
    for (const request of [...webhooks, other]) {
      await sender.send(request, signedAt);
      // One object of the archive for each, so that every run replaces the same number.
      await until(observe, ({ changes }) => changes.find(({ new_image: image }) => image?.[Attr.EVENT_ID] === request.id));
    }
    const mentions = (text: string) => text.includes(customer) || text.includes(name);
    const before = await storedTexts(context);
    const places = placesOf(before, mentions);
    check(isDeepStrictEqual(places, ['archive', 'archive', 'bodies', 'table', 'table']), `stored in: ${places.join()}`);
    const output = await leavingDeadLetters(async () => {
      await deadLetter(customer, context);
      await deadLetter(STAYING, context);
      return runTool(['erase', customer, '--provider', 'stripe', '--stack', STACK, '--yes', '--json']);
    });

    const after = await storedTexts(context);
    const remaining = placesOf(after, mentions);
    check(remaining.length === 0, `remains in: ${remaining.join()}`);
    // The message about the other customer stays.
    const { deadLetters } = await until(observe, (observed) => observed.deadLetters.some((body) => body.includes(STAYING)) ? observed : undefined);
    check(!deadLetters.some(mentions), 'remains in: dead-letter queue');
    check(isDeepStrictEqual(linesAbout(other, before), linesAbout(other, after)), 'changed another customer');

    const answers = [];
    for (const request of webhooks) {
      answers.push(await sender.send(request, signedAt));
    }
    // Other cases run at the same time. Everything that a redelivery stores contains the id of its event.
    const again = await storedTexts(context);
    check(webhooks.every((request) => isDeepStrictEqual(linesAbout(request, again), linesAbout(request, after))), 'a redelivery stored something');
    check(placesOf(again, mentions).length === 0, 'a redelivery stored personal data');
    return `${describeErasure(output)}; ${describeAnswers(answers)}`;
  };
}

/** A message like those of the workflow. */
async function deadLetter(customer: string, { clients, outputs }: ScenarioContext): Promise<void> {
  await clients.sqs.send(new SendMessageCommand({
    QueueUrl: outputs.DeadLetterQueueUrl,
    MessageBody: JSON.stringify({ origin: 'transaction-workflow', event: { provider: 'stripe', customer_id: customer } }),
  }));
}

/** The items, and every version of every object, unpacked. */
async function storedTexts({ clients, outputs }: ScenarioContext): Promise<StoredTexts> {
  const texts = new Map<string, string>();
  for await (const { Items = [] } of paginateScan({ client: clients.dynamodb }, { TableName: outputs.TableName, ConsistentRead: true })) {
    Items.forEach((item) => texts.set(`table ${item[Attr.TRANSACTION_ID].S} ${item[Attr.TIMESTAMP].S}`, itemText(item)));
  }
  const Bucket = outputs.ArchiveBucketName;
  for (const [place, Prefix] of [['archive', ARCHIVE_PREFIX], ['bodies', BODY_PREFIX]]) {
    const { Versions = [], IsTruncated } = await clients.s3.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
    check(IsTruncated !== true, 'more objects than one page');
    for (const { Key, VersionId } of Versions) {
      const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
      texts.set(`${place} ${Key} ${VersionId}`, gunzipSync(await Body!.transformToByteArray()).toString());
    }
  }
  return texts;
}

function itemText(item: TableItem): string {
  return JSON.stringify(item, (_, value: unknown) => value instanceof Uint8Array ? gunzipSync(value).toString() : value);
}

function placesOf(texts: StoredTexts, isMatch: (text: string) => boolean): string[] {
  return [...texts].filter(([, text]) => isMatch(text)).map(([key]) => key.split(' ')[0]).sort();
}

/** The items and the lines of the archive with an event. */
function linesAbout({ id }: Request, texts: StoredTexts): string[] {
  return [...texts.values()].flatMap((text) => text.split('\n')).filter((line) => line.includes(`"${id}"`)).sort();
}

/** The result follows the lines about what was found. */
function describeErasure(output: string): string {
  const { table, archive, dead_letter_queue: queue } = JSON.parse(output.slice(output.indexOf('\n{'))) as ErasureSummary;
  return `erased ${table.items} items, ${archive.objects_replaced} objects, ${queue.messages_deleted} message`;
}

function check(isTrue: boolean, failure: string): void {
  if (!isTrue) {
    throw new LocalFailure(failure);
  }
}

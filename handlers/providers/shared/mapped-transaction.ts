import { readMajor, readMinor } from './amounts';
import { cardBinOf } from './card-bin';
import { readEventTime } from './event-time';
import { codeOf, isJsonStructure, parseJson, textOf } from './json';
import { valueAt } from './json-path';
import { notUnderstood, readCurrency, type Reading } from './reading';
import type { FieldsConfig, Kind } from '../../../src/private/contract';
import { emailDomainOf } from '../../domain/email-domain';

/** Kinds that announce money which another event moves, or money that did not move. */
const MOVING_NOTHING: readonly Kind[] = ['authorised', 'failed'];

/**
 * Reads a body by the paths that the user gave. `signedEventId` is an
 * identifier that the scheme signs outside the body; it wins over the body's.
 */
export function readMapped(body: Buffer, fields: FieldsConfig, signedEventId?: string): Reading {
  const json = parseJson(body);
  if (!isJsonStructure(json)) {
    return notUnderstood(signedEventId);
  }
  const at = (path: string | undefined) => path === undefined ? undefined : valueAt(json, path);
  const eventName = textOf(at(fields.eventName));
  const kind = kindOf(eventName, fields);
  const currency = readCurrency(at(fields.currency));
  const amount = at(fields.amount) ?? undefined;
  const money = (fields.amountUnit === 'major' ? readMajor : readMinor)(amount, currency);
  return {
    understood: amount === undefined || money !== undefined,
    fields: {
      eventId: signedEventId ?? textOf(at(fields.eventId)),
      transactionId: textOf(at(fields.transactionId)),
      eventName,
      kind,
      status: textOf(at(fields.status)),
      live: isLive(at(fields.live)),
      money,
      currency,
      customerId: textOf(at(fields.customerId)),
      paymentMethod: textOf(at(fields.paymentMethod)),
      country: codeOf(at(fields.country), 2),
      cardCountry: codeOf(at(fields.cardCountry), 2),
      cardBin: cardBinOf(at(fields.cardBin)),
      emailDomain: emailDomainOf(at(fields.email)),
      eventTime: readEventTime(at(fields.eventTime)),
      movesMoney: !MOVING_NOTHING.includes(kind),
      declined: kind === 'failed',
    },
  };
}

function kindOf(eventName: string | undefined, { kinds = {} }: FieldsConfig): Kind {
  return eventName !== undefined && Object.hasOwn(kinds, eventName) ? kinds[eventName] : 'other';
}

/** Only a plain no is a test: a field that is missing or says something else must not hide real money. */
function isLive(value: unknown): boolean {
  return value !== false && value !== 'false';
}

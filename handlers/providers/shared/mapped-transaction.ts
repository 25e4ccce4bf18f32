import { parseCardBin, moneyFromMajor, moneyFromMinor, parseEventTime, parseCurrency } from './event-values';
import { isJsonStructure, parseCode, parseJson, parseText, valueAt } from './json';
import { unparsed, type NormalizedEvent } from './normalized-event';
import type { FieldsConfig, Kind } from '../../../src/private/contract';
import { emailDomainOf } from '../../domain/email-domain';

/** Kinds of events that move no money: another event moves it, or it was not moved. */
const NO_MOVEMENT: readonly Kind[] = ['authorized', 'failed', 'canceled'];

/**
 * Reads a body by the paths that the user gave. `signedEventId` is an
 * identifier that the scheme signs outside the body; it wins over the body's.
 */
export function normalizeMapped(body: Buffer, fields: FieldsConfig, signedEventId?: string): NormalizedEvent {
  const json = parseJson(body);
  if (!isJsonStructure(json)) {
    return unparsed(signedEventId);
  }
  const at = (path: string | undefined) => path === undefined ? undefined : valueAt(json, path);
  const eventName = parseText(at(fields.eventName));
  const kind = mappedKind(eventName, fields);
  const currency = parseCurrency(at(fields.currency));
  const amount = at(fields.amount) ?? undefined;
  const money = (fields.amountUnit === 'major' ? moneyFromMajor : moneyFromMinor)(amount, currency);
  return {
    parsed: amount === undefined || money !== undefined,
    fields: {
      eventId: signedEventId ?? parseText(at(fields.eventId)),
      transactionId: parseText(at(fields.transactionId)),
      eventName,
      kind,
      status: parseText(at(fields.status)),
      live: parseLive(at(fields.live)),
      money,
      currency,
      customerId: parseText(at(fields.customerId)),
      paymentMethod: parseText(at(fields.paymentMethod)),
      country: parseCode(at(fields.country), 2),
      cardCountry: parseCode(at(fields.cardCountry), 2),
      cardBin: parseCardBin(at(fields.cardBin)),
      emailDomain: emailDomainOf(at(fields.email)),
      eventTime: parseEventTime(at(fields.eventTime)),
      moneyMovement: !NO_MOVEMENT.includes(kind),
      declined: kind === 'failed',
    },
  };
}

function mappedKind(eventName: string | undefined, { kinds = {} }: FieldsConfig): Kind {
  return eventName !== undefined && Object.hasOwn(kinds, eventName) ? kinds[eventName] : 'other';
}

/** Only a plain no is a test: a field that is missing or says something else must not hide real money. */
function parseLive(value: unknown): boolean {
  return value !== false && value !== 'false';
}

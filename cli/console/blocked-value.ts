import { asciiDomainOf } from '../../handlers/domain/email-domain';
import { BLOCKLIST_KINDS, CARD_BIN_DIGITS, PROVIDER_NAME } from '../../src/private/contract';
import { UsageError } from '../terminal/usage-error';
import type { ConsoleBlockedValue } from './model/console-answers';

const MAX_VALUE = 1_024;
const MAX_REASON = 500;
const CARD = new RegExp(`^\\d{${CARD_BIN_DIGITS.least},${CARD_BIN_DIGITS.most}}$`);

/** Checks an entry that a person wrote. An entry in another form would match no transaction. */
export function safeBlockedValue({ kind: kindText, value: valueText, reason: reasonText }: { readonly [name: string]: unknown }): ConsoleBlockedValue {
  const kind = BLOCKLIST_KINDS.find((known) => known === kindText);
  if (kind === undefined) {
    throw new UsageError(`the kind must be one of ${BLOCKLIST_KINDS.join(', ')}`);
  }
  const value = typeof valueText === 'string' ? valueText.trim() : '';
  const reason = typeof reasonText === 'string' ? reasonText.trim() : '';
  if (value.length > MAX_VALUE || reason.length > MAX_REASON) {
    throw new UsageError(`the value has at most ${MAX_VALUE} characters, and the reason ${MAX_REASON}`);
  }
  const remedy = REMEDIES[kind](value);
  if (remedy !== undefined) {
    throw new UsageError(remedy);
  }
  return { kind, value, ...reason && { reason } };
}

const REMEDIES: { readonly [kind in ConsoleBlockedValue['kind']]: (value: string) => string | undefined } = {
  'customer': (value) => {
    const colon = value.indexOf(':');
    return colon > 0 && PROVIDER_NAME.test(value.slice(0, colon)) && colon < value.length - 1 ? undefined
      : 'a customer must be `<provider>:<customer id>`, such as stripe:cus_1234';
  },
  'country': (value) => /^[A-Za-z]{2}$/.test(value) ? undefined : 'a country must have two letters (ISO 3166-1 alpha-2), such as DE',
  'card': (value) => CARD.test(value) ? undefined : `a card must be its first ${CARD_BIN_DIGITS.least} to ${CARD_BIN_DIGITS.most} digits. Do not write the whole number.`,
  'email-domain': (value) => asciiDomainOf(value) === undefined ? 'an email domain must be the text after the @, such as mail.example' : undefined,
};

import type { ErasedCustomer } from './erased-customer';
import { emailContact, phoneContact } from '../../handlers/domain/contact';
import { parseExactJson } from '../../handlers/providers/shared/json';

/** A shorter id is found only where its name says that it is a customer's: `42` can be anything. */
const MIN_DISTINCT = 6;
const DIGITS = /^\d+$/;
/** The names of properties that contain a person or the id of one. */
const PERSON = /customer|payer|buyer|shopper|client|subscriber|consumer|contact|user|member|account_?holder|billing|shipping|recipient/i;
const PHONE_NAME = /phone|mobile|tel/i;
/** What separates words in a form, in XML and in text. Customer ids, addresses and phone numbers contain none of these. */
const SEPARATORS = /[^\w.:#|@+-]+/;
/** Of a value without spaces at its ends. Only one part of the pattern matches a space, so that many of them take no longer. */
const BASE64 = /^[A-Za-z0-9+/\s]{16,}={0,2}$/;

/**
 * Whether the body of an event without a customer id is about a customer, such as an event about the customer's own record.
 * In JSON, a value must be equal. A form, with its values in base64 as well, and XML are searched for whole words.
 */
export function bodyMentions(body: Buffer, customer: ErasedCustomer): boolean {
  const parsed = parseExactJson(body);
  return typeof parsed === 'object' && parsed !== null ? valueMentions(parsed, customer) : textMentions(body.toString('utf8'), customer);
}

/** Looks at every value. A list of nodes replaces recursion, because a sender chooses the depth. */
function valueMentions(root: object, customer: ErasedCustomer): boolean {
  const nodes: { readonly value: unknown; readonly path: string }[] = [{ value: root, path: '' }];
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    const { value, path } = node;
    if (typeof value === 'object' && value !== null) {
      const parent = path.slice(path.lastIndexOf('.') + 1);
      // Not all in one call: a sender chooses the width too, and a call has a limited number of arguments.
      for (const [name, child] of Object.entries(value) as [string, unknown][]) {
        nodes.push({ value: child, path: Array.isArray(value) ? path : `${parent}.${name}` });
      }
    } else if ((typeof value === 'string' || typeof value === 'number') && scalarMentions(String(value), path, customer)) {
      return true;
    }
  }
  return false;
}

/** `path` is the name of the property, after the name of the object that contains it. */
function scalarMentions(value: string, path: string, { ownIds, contacts }: ErasedCustomer): boolean {
  const isDistinct = value.length >= MIN_DISTINCT && !DIGITS.test(value);
  if (ownIds.has(value) && (isDistinct || PERSON.test(path))) {
    return true;
  }
  return contacts.size > 0 && isContact(value, PHONE_NAME.test(path), contacts);
}

function isContact(value: string, isPhone: boolean, contacts: ErasedCustomer['contacts']): boolean {
  const contact = emailContact(value) ?? (isPhone || value.startsWith('+') ? phoneContact(value) : undefined);
  return contact !== undefined && contacts.has(contact);
}

function textMentions(text: string, { ownIds, contacts }: ErasedCustomer): boolean {
  return formTexts(text).flatMap((each) => each.split(SEPARATORS)).some((word) => (
    (ownIds.has(word) && word.length >= MIN_DISTINCT && !DIGITS.test(word)) || (contacts.size > 0 && isContact(word, false, contacts))
  ));
}

/** A text, and what its form contains: each value, and each value in base64. */
function formTexts(text: string): string[] {
  const values = [...new URLSearchParams(text).values()];
  return [text, ...values, ...values.filter((value) => BASE64.test(value.trim())).map((value) => Buffer.from(value, 'base64').toString('utf8'))];
}

import { emailContact, phoneContact } from '../../handlers/domain/contact';
import { contactHash, guestId, identifier } from '../../handlers/domain/identifier';
import { UsageError } from '../terminal/usage-error';

/** The customer of a provider. Another provider's customer with the same id is another person. */
export interface ErasedCustomer {
  readonly provider: string;
  /** The values of `customer_id`. */
  readonly storedIds: ReadonlySet<string>;
  /** The provider's own ids, as bodies contain them. */
  readonly ownIds: ReadonlySet<string>;
  /** Email addresses and phone numbers in their canonical form. */
  readonly contacts: ReadonlySet<string>;
}

export interface CustomerOptions {
  readonly provider: string;
  readonly id?: string;
  readonly email?: string;
  readonly phone?: string;
}

/** The validator stores a longer id as its hash. */
const MAX_ID_BYTES = 256;

/** The customer of the options. `guestKey` is read only if a contact is given; it is undefined if guests are not identified. */
export async function erasedCustomer(
  { provider, id, email, phone }: CustomerOptions, guestKey: () => Promise<string | undefined>,
): Promise<ErasedCustomer> {
  const contacts = new Set([
    ...email === undefined ? [] : [emailContact(email) ?? invalid('--email', email, 'an email address')],
    ...phone === undefined ? [] : [phoneContact(phone) ?? invalid('--phone', phone, 'a phone number')],
  ]);
  const key = contacts.size > 0 ? await guestKey() : undefined;
  const guestIds = key === undefined ? [] : [...contacts].map((contact) => guestId(contactHash(key, contact)));
  return {
    provider,
    storedIds: new Set([...id === undefined ? [] : [identifier(id, MAX_ID_BYTES)], ...guestIds]),
    ownIds: new Set(id === undefined ? [] : [id]),
    contacts,
  };
}

function invalid(option: string, value: string, expected: string): never {
  throw new UsageError(`${option} must be ${expected}, got: '${value}'`);
}

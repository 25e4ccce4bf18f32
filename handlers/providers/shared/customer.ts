import { firstAt } from './json';
import type { EventFields } from './normalized-event';
import { emailContact, phoneContact } from '../../domain/contact';
import { emailDomainOf } from '../../domain/email-domain';

/** Where a customer is in an object. */
interface CustomerPlaces {
  /** The provider's id of the customer. */
  readonly id: string | undefined;
  /** The paths of email addresses, the best one first. */
  readonly emails: readonly string[];
  /** The paths of phone numbers, the best one first. */
  readonly phones?: readonly string[];
}

/**
 * The customer of an event. If the provider has no id for the customer, the
 * contact identifies the guest. All places must be signed.
 */
export function customerOf(object: unknown, { id, emails, phones = [] }: CustomerPlaces): Pick<EventFields, 'customerId' | 'emailDomain' | 'email' | 'contact'> {
  const email = firstAt(object, emails, emailContact);
  return {
    customerId: id,
    emailDomain: firstAt(object, emails, emailDomainOf),
    email,
    contact: id === undefined ? email ?? firstAt(object, phones, phoneContact) : undefined,
  };
}

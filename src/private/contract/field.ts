/** A part of a JSON Schema. */
export interface SchemaFragment { readonly [keyword: string]: unknown }

/** The reader of a value that is stored and published unchanged. `risk-score` is a number, the others are texts. */
export type CarriedType =
  | 'text' | 'identifier' | 'country' | 'card-bin' | 'email-domain' | 'email-hash' | 'risk-score' | 'risk-level' | 'three-d-secure';

/** One field of a stored item, of the events on the bus, or of both. `FIELDS` is the only place that lists it. */
export interface Field {
  /** The sentence for the schemas, the docstrings and the documentation. */
  readonly description: string;
  /** The rule for the published value. Required if the field is published. */
  readonly schema?: SchemaFragment;
  /**
   * The items that have it: every transaction, a transaction whose webhook contains it, a transaction with a verdict, or
   * only items for the system itself. Not set: it is computed for the event.
   */
  readonly stored?: 'always' | 'if-stated' | 'with-verdict' | 'internal';
  /**
   * The events that have it: every event, every event of a transaction that has it, events about a verdict, or the events of
   * a system with `includeBody`. Not set: no event.
   */
  readonly published?: 'always' | 'if-stated' | 'with-verdict' | 'with-body';
  /**
   * Whether the indexes of customers, cards and email addresses contain it, so that a fraud rule can read it for earlier
   * events. A projection cannot be changed later.
   */
  readonly indexed?: true;
  /** Whether it describes a person beyond an identifier. No alert and no log line contains it. */
  readonly personal?: true;
  /** Whether a stored item keeps it when its customer is erased. It must not be about a person. Every other attribute is removed. */
  readonly keptOnErasure?: true;
  /** Set if the providers' modules read it as a value that is stored and published unchanged. */
  readonly carried?: CarriedField;
  /** Set if a sender of canonical transactions can send it. */
  readonly canonical?: CanonicalField;
}

export interface CarriedField {
  readonly as: CarriedType;
  /** Its name in `WebhookFields`. Default: the field's own in camel case. */
  readonly path?: string;
}

export interface CanonicalField {
  readonly description: string;
  readonly schema: SchemaFragment;
  /** Completes the sentence that begins with the field's name, for the sender of an invalid body. */
  readonly message: string;
  readonly required?: true;
}

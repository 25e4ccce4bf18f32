import { fieldsWhere, type NamedField } from './field-list';
import { typescriptType, type Member } from './typescript-types';
import { DetailType } from '../../src/private/contract';
import type { Field } from '../../src/private/contract/field';

/** An event on the bus, with the fields of its detail. */
export interface EventDefinition {
  readonly detailType: string;
  readonly description: string;
  readonly fields: readonly NamedField[];
}

/** The events, for the files that consumers use. */
export function eventDefinitions(): EventDefinition[] {
  const transaction = fieldsWhere(({ published }) => published !== undefined && published !== 'with-verdict');
  const assessed = [...transaction, ...fieldsWhere(({ published }) => published === 'with-verdict')];
  const blocked = assessed.map((field) => field.name === 'verdict' ? { ...field, schema: { ...field.schema, enum: ['block'] } } : field);
  return [
    {
      detailType: DetailType.RECEIVED,
      description: 'The detail of the event `transaction.received`. Fields without a value are left out. Later versions of the package can add fields: ignore fields that you do not expect.',
      fields: transaction,
    },
    {
      detailType: DetailType.ASSESSED,
      description: 'The detail of the event `transaction.assessed`: the transaction as in `transaction.received`, and its verdict.',
      fields: assessed,
    },
    {
      detailType: DetailType.BLOCKED,
      description: 'The detail of the event `transaction.blocked`, which is published in addition to `transaction.assessed` if the verdict is `block`.',
      fields: blocked,
    },
  ];
}

/** Whether an event can lack the field. */
export function isOptional({ published }: Field): boolean {
  return published === 'if-stated' || published === 'with-body';
}

/** The field in a TypeScript interface. */
export function eventMember(field: NamedField): Member {
  const { name, schema = {}, description } = field;
  return { name, type: typescriptType(schema), optional: isOptional(field), description };
}

/** `transaction.received` → `TransactionReceived`. */
export function titleOf({ detailType }: EventDefinition): string {
  return detailType.replace(/(?:^|\.)(.)/g, (_, letter: string) => letter.toUpperCase());
}

import { eventDefinitions, eventMember, titleOf } from './event-definitions';
import { typescriptFile, type GeneratedFile } from './generated-file';
import { typescriptInterface } from './typescript-types';

/**
 * The types for consumers. They are outside of the library, because jsii allows no member names such as
 * `transaction_id`.
 */
export function eventTypeFiles(): GeneratedFile[] {
  const types = eventDefinitions().map((event) => (
    typescriptInterface(`${titleOf(event)}Detail`, event.description, event.fields.map(eventMember))
  ));
  return [typescriptFile('events/index.d.ts', types.join('\n\n'))];
}

import type { SurfaceLine } from './surface-lines';
import {
  ALLOWLIST_PREFIX, ARCHIVE_PREFIX, BLOCKLIST_PREFIX, BODY_PREFIX, DetailType, Env, HANDLER_CODE_CONTEXT, Index, LIST_KINDS,
  METRIC_DIMENSION, METRIC_NAMESPACE, METRICS, NO_CURRENCY, ProviderOutput,
  RecordType, SCHEMA_VERSION, SOURCE_PREFIX, SYSTEM_OUTPUTS, ZIP_CODE, type MetricDefinition,
} from '../../src/private/contract';
import { fieldsWhere } from '../generate/field-list';
import { promisedFields } from '../generate/render-event-versions';

const linesWith = (promise: string, identifiers: readonly string[]): SurfaceLine[] => identifiers.map((identifier) => ({ identifier, promise }));

/** The events on the bus: their names, their source, their version and their fields. */
export function busEventLines(): SurfaceLine[] {
  return [
    ...linesWith('detail type', Object.values(DetailType)),
    ...linesWith('begins the source', [SOURCE_PREFIX]),
    ...linesWith('code of no currency', [NO_CURRENCY]),
    { identifier: 'version', promise: SCHEMA_VERSION },
    ...Object.entries(promisedFields()).map(([identifier, promise]) => ({ identifier, promise })),
  ];
}

/** What is stored: the attributes of items, the types of records, the indexes, and the prefixes of keys. */
export function itemLines(): SurfaceLine[] {
  return [
    ...fieldsWhere(({ stored }) => stored !== undefined && stored !== 'internal').map(({ name, stored, indexed }) => ({ identifier: name, promise: `${stored}${indexed ? ', in the indexes of earlier events' : ''}` })),
    ...linesWith('record type', Object.values(RecordType)),
    ...linesWith('index', Object.values(Index)),
    ...linesWith('prefix of keys in the table', [BLOCKLIST_PREFIX, ALLOWLIST_PREFIX]),
    ...linesWith('prefix of keys in the archive', [ARCHIVE_PREFIX, BODY_PREFIX]),
    ...linesWith('kind of entry', LIST_KINDS),
  ];
}

/** The custom metrics, with their units and dimensions. */
export function metricLines(): SurfaceLine[] {
  return [
    { identifier: METRIC_NAMESPACE, promise: 'namespace' },
    ...Object.values<MetricDefinition>(METRICS).map(({ name, unit, dimension, total }) => ({
      identifier: name, promise: `${unit} by ${[METRIC_DIMENSION, dimension].filter(Boolean).join(' and ')}${total ? ', and the total' : ''}`,
    })),
  ];
}

/** What connects a stack with functions and a tool of another version: environment variables, the context, and outputs. */
export function configurationLines(): SurfaceLine[] {
  return [
    // Images in repositories of users can be of another version than the stack.
    ...linesWith('environment variable', Object.values(Env)),
    { identifier: HANDLER_CODE_CONTEXT, promise: `context with the value ${ZIP_CODE}` },
    ...linesWith('output', SYSTEM_OUTPUTS),
    ...linesWith('begins the ids of outputs of a provider', Object.values(ProviderOutput)),
  ];
}

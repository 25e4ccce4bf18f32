import { markdownSection, markdownTable, type GeneratedFile } from './generated-file';
import { METRICS, type MetricDefinition } from '../../src/private/contract';

/** The table of custom metrics in docs/runbook.md. */
export function metricFiles(): GeneratedFile[] {
  const rows = Object.values<MetricDefinition>(METRICS).map(({ name, unit, dimension, total, method, description }) => (
    [`\`${name}\``, unit, total ? `${dimension}, and the total` : dimension ?? '-', `\`${method}\``, description]
  ));
  return [markdownSection('docs/runbook.md', 'metrics', markdownTable(['metric', 'unit', 'dimension', 'method', 'meaning'], rows))];
}

import type { GeneratedFile } from './generated-file';
import { apiSurfaceFiles } from './render-api-surface';
import { canonicalValidatorFiles } from './render-canonical-validator';
import { consumerDeclarationFiles } from './render-consumer-declaration';
import { currencyFiles } from './render-currencies';
import { detailValidatorFiles } from './render-detail-validators';
import { eventTypeFiles } from './render-event-types';
import { eventVersionFiles } from './render-event-versions';
import { fieldFiles } from './render-fields';
import { fraudRuleFiles } from './render-fraud-rules';
import { metricFiles } from './render-metrics';
import { providerFiles } from './render-providers';
import { schemaFiles } from './render-schemas';
import { schemeFiles } from './render-schemes';
import { testingFiles } from './render-testing-types';

/** All files that `npx projen generate` writes. */
export function generatedFiles(): GeneratedFile[] {
  return [
    ...fieldFiles(),
    ...schemaFiles(),
    ...eventTypeFiles(),
    ...eventVersionFiles(),
    ...canonicalValidatorFiles(),
    ...detailValidatorFiles(),
    ...consumerDeclarationFiles(),
    ...currencyFiles(),
    ...fraudRuleFiles(),
    ...metricFiles(),
    ...providerFiles(),
    ...schemeFiles(),
    ...testingFiles(),
    ...apiSurfaceFiles(),
  ];
}

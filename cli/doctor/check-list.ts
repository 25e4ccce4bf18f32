import { activityChecks } from './activity-checks';
import { alarmChecks } from './alarm-checks';
import { alertChecks } from './alert-checks';
import type { Check } from './check';
import type { CheckedSystem } from './checked-system';
import { deadLetterCheck } from './dead-letter-check';
import { endpointChecks } from './endpoint-checks';
import { functionChecks } from './function-checks';
import { quotaCheck } from './quota-checks';
import { routingChecks } from './routing-checks';
import { apiKeyCheck, secretChecks } from './secret-checks';
import { tableChecks } from './table-checks';

/** Every check, along the way of a webhook: the first one that fails is often the reason for the others. */
export function allChecks(system: CheckedSystem, isProbing: boolean): Check[] {
  return [
    ...secretChecks(system),
    apiKeyCheck(system),
    ...endpointChecks(system, isProbing),
    ...activityChecks(system),
    ...functionChecks(system),
    quotaCheck(system),
    ...tableChecks(system),
    ...routingChecks(system),
    deadLetterCheck(system),
    ...alertChecks(system),
    ...alarmChecks(system),
  ];
}

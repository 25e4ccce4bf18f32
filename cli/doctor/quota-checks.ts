import { GetStageCommand } from '@aws-sdk/client-api-gateway';
import { GetAccountSettingsCommand, GetFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { notChecked, ok, warning, failed, type Check, type Finding } from './check';
import type { CheckedSystem } from './checked-system';

/** An API of one stage has this setting for all paths. */
const ALL_METHODS = '*/*';
/** Functions that share the unreserved executions with the rest of the account. */
const MIN_UNRESERVED = 50;
const HEADING = 'webhooks-concurrency-suffix';

/** The limits of the account and of the system. */
export interface ConcurrencyLimits {
  /** Executions of all functions of the account in the Region. */
  readonly account: number;
  readonly unreserved: number;
  /** Of the validator. Absent: it shares the unreserved ones. */
  readonly reserved?: number;
  /** Requests that a path of the API accepts at once. Absent: not known. */
  readonly burst?: number;
}

/** Whether Lambda can run as many executions as the API accepts requests at once. */
export function quotaCheck(system: CheckedSystem): Check {
  const { lambda, apiGateway } = system.clients;
  return {
    name: 'concurrency',
    actions: ['lambda:GetAccountSettings', 'lambda:GetFunctionConcurrency', 'cloudformation:ListStackResources', 'apigateway:GET'],
    run: async (abortSignal) => {
      if (system.isLocal) {
        return notChecked('the emulator has no quotas');
      }
      const readBurst = async (): Promise<number | undefined> => {
        const [[api], [stage]] = await Promise.all(['AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Stage'].map(async (type) => system.resources(type)));
        if (!api && (await system.resources('AWS::ApiGatewayV2::Api')).length > 0) {
          // Another client reads the limits of an HTTP API.
          return undefined;
        }
        const request = new GetStageCommand({ restApiId: api.physicalId, stageName: stage.physicalId });
        const { methodSettings } = await apiGateway.send(request, { abortSignal });
        return methodSettings?.[ALL_METHODS]?.throttlingBurstLimit;
      };
      const [{ AccountLimit }, { ReservedConcurrentExecutions: reserved }, burst] = await Promise.all([
        lambda.send(new GetAccountSettingsCommand({}), { abortSignal }),
        lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: system.output('ValidatorFunctionName') }), { abortSignal }),
        readBurst(),
      ]);
      const { ConcurrentExecutions: account = 0, UnreservedConcurrentExecutions: unreserved = account } = AccountLimit ?? {};
      return quotaFinding({ account, unreserved, reserved, burst });
    },
  };
}

/** What the limits mean. */
export function quotaFinding({ account, unreserved, reserved, burst }: ConcurrencyLimits): Finding {
  const available = reserved ?? unreserved;
  const text = `${account} in the account, ${unreserved} unreserved, validator ${reserved === undefined ? 'without a reservation' : `${reserved} reserved`}`;
  if (available === 0) {
    return failed(text, { remedy: 'Raise the reserved concurrency of the validator, or leave executions unreserved.', heading: HEADING });
  }
  if (unreserved < MIN_UNRESERVED) {
    return warning(text, { remedy: 'Ask AWS to raise the quota "Concurrent executions" of Lambda: new accounts have a low one. At the limit, webhooks are answered with 5xx.', heading: HEADING });
  }
  return burst !== undefined && burst > available
    ? ok(`${text}; the API accepts ${burst} requests at once on each path. If a burst reaches the limit, the provider retries`)
    : ok(text);
}

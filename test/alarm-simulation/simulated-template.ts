import { Duration } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { metricAlarmsOf, withReferences } from './template-alarms';
import { WebhookProvider } from '../../src';
import type { ProviderConfig, ReconciledProvider } from '../../src/private/contract';
import { synthesize } from '../support/system';

/** The time without a webhook that is normal for Stripe. The other providers have no alarm on silence. */
export const SILENCE_HOURS = 6;

/** The simulated system. Its alarms notify one topic if somebody must act now, and another one if they can wait. */
export const { template } = synthesize((stack) => ({
  environmentSuffix: 'test',
  providers: [
    WebhookProvider.stripe({
      expectWebhooksEvery: Duration.hours(SILENCE_HOURS), reconciliation: { apiKey: Secret.fromSecretNameV2(stack, 'ApiKey', 'api-key') },
    }),
    WebhookProvider.adyen(),
    WebhookProvider.payPal(),
  ],
  alarmTopic: new Topic(stack, 'Pages'),
  ticketTopic: new Topic(stack, 'Tickets'),
  alertEmails: ['payments@example.com'],
}));

/** The names of the alarms as in the runbook: without the prefix and the suffix. */
export function shortName(alarm: string): string {
  return /^webhooks-(.+)-test$/.exec(alarm)![1];
}

/** Whether somebody must act now, or during the next working day. */
export const SEVERITIES: ReadonlyMap<string, string> = new Map(metricAlarmsOf(template).map(({ name, topics: [topic] }) => (
  [shortName(name), topic.startsWith('Pages') ? 'page' : 'ticket']
)));

/** The logical id of the only resource of a type whose properties satisfy the condition. */
function logicalId(type: string, condition: (properties: any) => boolean = () => true): string {
  const [[id], ...others] = Object.entries(template.findResources(type)).filter(([, { Properties = {} }]) => condition(Properties));
  if (others.length > 0) {
    throw new Error(`the template has more than one ${type}`);
  }
  return id;
}

const functionId = (name: string) => logicalId('AWS::Lambda::Function', ({ FunctionName }) => FunctionName === `${name}-test`);

/** The dimensions of the metrics that AWS reports for the resources. */
export const DIMENSIONS = {
  api: { ApiName: template.findResources('AWS::ApiGateway::RestApi')[logicalId('AWS::ApiGateway::RestApi')].Properties.Name as string },
  relay: { FunctionName: functionId('event-relay') },
  reconciler: { FunctionName: functionId('webhook-reconciler') },
  archival: { FunctionName: functionId('transaction-archival') },
  workflow: { StateMachineArn: logicalId('AWS::StepFunctions::StateMachine') },
  alertTopic: { TopicName: `${logicalId('AWS::SNS::Topic', ({ TopicName }) => TopicName === 'transaction-alerts-test')}.TopicName` },
} as const;

export const API_ID = logicalId('AWS::ApiGateway::RestApi');
export const QUEUE_NAME = `${logicalId('AWS::SQS::Queue')}.QueueName`;
export const BURST_LIMIT = template.findResources('AWS::ApiGateway::Stage')[logicalId('AWS::ApiGateway::Stage')].Properties.MethodSettings[0].ThrottlingBurstLimit as number;

/** The environment variables of the functions. Equal names have equal values. */
export const ENVIRONMENT: { readonly [name: string]: string } = Object.assign({}, ...[
  'webhook-validator', 'webhook-reconciler', 'event-relay', 'transaction-archival',
].map((name) => withReferences(template.findResources('AWS::Lambda::Function')[functionId(name)].Properties.Environment.Variables)));
export const CONFIGS = JSON.parse(ENVIRONMENT.PROVIDERS) as ProviderConfig[];
export const RECONCILED_PROVIDERS = JSON.parse(ENVIRONMENT.RECONCILED_PROVIDERS) as ReconciledProvider[];

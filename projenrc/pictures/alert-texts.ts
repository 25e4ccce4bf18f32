import type { Template } from 'aws-cdk-lib/assertions';
import { alarmPeriod, alarmsOf, comparedValues, stateOf } from './alarm-states';
import type { MetricData } from './metric-data';
import { ENVIRONMENT, NOW, picturedTemplate, SUFFIX } from './pictured-system';
import { alertOrigin, verdictAlert } from '../../handlers/alerts/alert-text';
import { applyRules } from '../../handlers/assess/apply-rules';
import { contextOf } from '../../handlers/assess/rules/rule-context';
import { toTransactionDetail, type DetailConfig } from '../../handlers/publish/events/detail';
import type { AssessmentRequest, TransactionDetail } from '../../src/private/contract';
import { resolveFraudRules } from '../../src/private/settings/fraud-config';
import { resolveThresholds } from '../../src/private/settings/tier-config';
import { storedTransaction } from '../../test/handlers/support/items';
import { run, workflowOf } from '../../test/support/state-machine';
import { theResource } from '../../test/support/system';

/** A message as subscribers get it. */
export interface PicturedMessage {
  readonly subject: string;
  readonly text: string;
}

export interface AlertTexts {
  readonly highValue: PicturedMessage;
  readonly verdict: PicturedMessage;
  readonly verdictSms: string;
  readonly mediumValue: PicturedMessage;
  readonly mediumSms: string;
  readonly alarm: PicturedMessage;
}

/** SNS's subject for a message without one. */
const NO_SUBJECT = 'AWS Notification Message';
const EXECUTION = `arn:aws:states:${ENVIRONMENT.region}:${ENVIRONMENT.account}:express:transaction-workflow-${SUFFIX}:0f1e2d3c:5b6a7988`;
const RECEIVED_AT = '2026-03-04T01:58:07.412Z';

/** The texts of alerts and of an alarm, written by the code of the system. */
export async function alertTexts(template: Template, data: MetricData): Promise<AlertTexts> {
  const high = detailOf({ transaction_id: { S: 'stripe:pi_3NxGTn2eZvKYlo2C' }, amount_minor: { N: '6000000' }, currency: { S: 'USD' } });
  const medium = detailOf({
    transaction_id: { S: 'stripe:pi_3NxGQb2eZvKYlo2C' }, amount_minor: { N: '249900' }, reference: { S: 'order-1002' }, customer_id: { S: 'cus_8' }, metadata: undefined,
  });
  const { tierAlert, verdict } = await publishedBy(high);
  return {
    highValue: { subject: tierAlert.Subject, text: tierAlert.Message.default },
    verdict: { subject: verdict.Subject, text: verdict.Message.default },
    verdictSms: verdict.Message.sms,
    mediumValue: { subject: NO_SUBJECT, text: mediumText(template, medium) },
    // A system with phone numbers sends no link, which would not fit into one segment.
    mediumSms: mediumText(picturedTemplate({ alertPhoneNumbers: ['+15550100000'] }), medium),
    alarm: alarmMessage(template, data),
  };
}

function detailOf(overrides: Parameters<typeof storedTransaction>[0]): TransactionDetail {
  const config: DetailConfig = {
    tiers: resolveThresholds(), origin: { system: SUFFIX, ...ENVIRONMENT }, schemes: { stripe: 'stripe' },
  };
  return toTransactionDetail(storedTransaction({
    timestamp: { S: '2026-03-04T01:58:06.000Z#evt_1NxGTo2eZvKYlo2C' },
    account: undefined,
    event_time: { S: '2026-03-04T01:58:06.000Z' },
    received_at: { S: RECEIVED_AT },
    ...overrides,
  }), config);
}

/** The messages that the workflow publishes for a new customer. */
async function publishedBy(detail: TransactionDetail) {
  const published: { [state: string]: any } = {};
  const publish = (state: string) => (parameters: any) => {
    published[state] = parameters;
    return { MessageId: state };
  };
  await run(workflowOf(), { detail }, {
    ClaimTransaction: () => ({}),
    CloseTransaction: () => ({}),
    // The answer of handlers/assess/handler.ts, without the table.
    DetectFraud: ({ Payload }: { Payload: AssessmentRequest }) => {
      const { result } = applyRules(contextOf(Payload.detail, { medium: 1_000, high: 10_000 }), resolveFraudRules());
      const links = { tableName: `transactions-${SUFFIX}`, execution: Payload.execution, startedAt: Payload.started_at };
      return { Payload: { ...result, ...verdictAlert(Payload.detail, result, alertOrigin(SUFFIX, Payload.execution), links) } };
    },
    NotifyHighValue: publish('tierAlert'),
    NotifyVerdict: publish('verdict'),
  }, { Execution: { Id: EXECUTION, StartTime: RECEIVED_AT }, State: { EnteredTime: RECEIVED_AT } } as never);
  return { tierAlert: published.tierAlert, verdict: published.verdict };
}

/** The text that the rule of the medium tier sends. */
function mediumText(template: Template, detail: TransactionDetail): string {
  const { Targets: [{ InputPath: path, InputTransformer: transformer }] } = theResource(
    template, 'AWS::Events::Rule', ({ Name }) => Name === `medium-value-transactions-${SUFFIX}`,
  ).Properties;
  const valueAt = (each: string) => each.split('.').slice(1).reduce((value: any, step: string) => value?.[step], { detail });
  // A text that a path selects is sent as JSON, in quotes.
  return path
    ? JSON.stringify(valueAt(path))
    : transformer.InputTemplate.replace(/<([^>]+)>/g, (_: string, name: string) => valueAt(transformer.InputPathsMap[name]) ?? '');
}

/**
 * The message of CloudWatch for the alarm that fires first. Its own parts are shortened.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Acting_Alarm_Changes.html
 */
function alarmMessage(template: Template, data: MetricData): PicturedMessage {
  const firing = alarmsOf(template).map((alarm) => ({ alarm, ...stateOf(alarm, data, NOW / 1000) })).find(({ state }) => state === 'ALARM');
  if (!firing) {
    throw new Error('the simulated day must have an alarm that fires');
  }
  const { alarm, since } = firing;
  const { Threshold, EvaluationPeriods } = alarm.properties;
  const datapoints = [...comparedValues(alarm, data, since)].reverse().map((value, age) => (
    `${value?.toFixed(1)} (04/03/26 ${new Date((since - (age + 1) * alarmPeriod(alarm)) * 1000).toISOString().slice(11, 19)})`
  ));
  const reason = `Threshold Crossed: ${EvaluationPeriods} out of the last ${EvaluationPeriods} datapoints [${datapoints.join(', ')}] were greater than or equal to the `
    + `threshold (${Threshold.toFixed(1)}) (minimum ${EvaluationPeriods} datapoints for OK -> ALARM transition).`;
  return {
    subject: `ALARM: "${alarm.name}" in ${ENVIRONMENT.regionName}`,
    text: [
      `You are receiving this email because your Amazon CloudWatch Alarm "${alarm.name}" in the ${ENVIRONMENT.regionName} region has entered the ALARM state, because "${reason}" at "Wednesday 04 March, 2026 ${new Date(since * 1000).toISOString().slice(11, 19)} UTC".`,
      '',
      'View this alarm in the AWS Management Console:',
      `https://${ENVIRONMENT.region}.console.aws.amazon.com/cloudwatch/deeplink.js?region=${ENVIRONMENT.region}#alarmsV2:alarm/${alarm.name}`,
      '',
      'Alarm Details:',
      `- Name: ${alarm.name}`,
      `- Description: ${alarm.description}`,
      '- State Change: OK -> ALARM',
      `- Reason for State Change: ${reason}`,
      `- Timestamp: Wednesday 04 March, 2026 ${new Date(since * 1000).toISOString().slice(11, 19)} UTC`,
      `- AWS Account: ${ENVIRONMENT.account}`,
      `- Alarm Arn: ${alarm.arn}`,
    ].join('\n'),
  };
}

import { GetSMSAttributesCommand, GetSMSSandboxAccountStatusCommand } from '@aws-sdk/client-sns';
import { failed, notChecked, ok, warning, type Check, type Finding } from './check';
import type { CheckedSystem } from './checked-system';
import { readSubscriptions, type TopicSubscriptions } from './topic-subscriptions';

/** What AWS allows an account to spend in a month until it asks for more (https://docs.aws.amazon.com/sns/latest/dg/channels-sms-awssupport-spend-threshold.html). */
const DEFAULT_SPEND_USD = 1;

/** Whether somebody gets the alerts, and whether SNS can send them as SMS. */
export function alertChecks(system: CheckedSystem): Check[] {
  const { sns } = system.clients;
  return [
    {
      name: 'alert topic',
      actions: ['sns:ListSubscriptionsByTopic'],
      run: async (abortSignal) => subscriptionFinding(await readSubscriptions(sns, system.output('AlertTopicArn'), abortSignal)),
    },
    {
      name: 'SMS alerts',
      actions: ['sns:ListSubscriptionsByTopic', 'sns:GetSMSAttributes', 'sns:GetSMSSandboxAccountStatus'],
      run: async (abortSignal) => {
        const { confirmed } = await readSubscriptions(sns, system.output('AlertTopicArn'), abortSignal);
        const recipients = confirmed.filter(({ Protocol }) => Protocol === 'sms').length;
        if (recipients === 0) {
          return ok('no recipient gets SMS');
        }
        if (system.isLocal) {
          return notChecked('the emulator has no limits of SMS');
        }
        const [{ attributes = {} }, { IsInSandbox }] = await Promise.all([
          sns.send(new GetSMSAttributesCommand({ attributes: ['MonthlySpendLimit'] }), { abortSignal }),
          sns.send(new GetSMSSandboxAccountStatusCommand({}), { abortSignal }),
        ]);
        return smsFinding(recipients, Number(attributes.MonthlySpendLimit ?? DEFAULT_SPEND_USD), IsInSandbox ?? false);
      },
    },
  ];
}

/** What the subscriptions of the alert topic mean. The addresses are personal data, and only their number is shown. */
export function subscriptionFinding({ confirmed, pending }: TopicSubscriptions): Finding {
  const protocols = [...new Set(confirmed.map(({ Protocol = 'unknown' }) => Protocol))].sort().join(', ');
  if (confirmed.length === 0 && pending.length === 0) {
    return warning('no subscription: nobody gets the alerts', { remedy: 'Set `alertEmails` or `alertPhoneNumbers`, or subscribe to the topic.', heading: 'webhooks-alerts-not-delivered-suffix' });
  }
  if (pending.length > 0) {
    const text = `${pending.length} not confirmed, ${confirmed.length} confirmed${confirmed.length === 0 ? ': nobody gets the alerts' : ` (${protocols})`}`;
    const advice = { remedy: 'Ask the recipients to open the link in the email of SNS. It is valid for 48 hours.', heading: 'webhooks-alerts-unconfirmed-suffix' };
    return confirmed.length === 0 ? failed(text, advice) : warning(text, advice);
  }
  return ok(`${confirmed.length} confirmed (${protocols})`);
}

/** What the limits of SMS mean. */
export function smsFinding(recipients: number, spendUsd: number, isInSandbox: boolean): Finding {
  const text = `${recipients} ${recipients === 1 ? 'recipient' : 'recipients'}, at most ${spendUsd} USD a month`;
  if (isInSandbox) {
    return warning(`${text}, and the account is in the SMS sandbox`, { remedy: 'Ask AWS to move the account out of the SMS sandbox. Until then, only verified numbers get alerts.', heading: 'webhooks-alerts-not-delivered-suffix' });
  }
  return spendUsd <= DEFAULT_SPEND_USD
    ? warning(text, { remedy: 'Ask AWS to raise the monthly SMS spending limit. SNS sends no SMS when it is reached.', heading: 'webhooks-alerts-not-delivered-suffix' })
    : ok(text);
}

const EVENT_BUS = ':event-bus/';

/** What a session receives. */
export interface ListenTarget {
  readonly busArn: string;
  /** The `source` of the system's events. */
  readonly source: string;
  /** Absent without alerts. */
  readonly topicArn?: string;
  readonly provider?: string;
  readonly tier?: string;
}

/** The events of this system only, of one provider and tier if they are set. */
export function listenPattern({ source, provider, tier }: ListenTarget): object {
  const detail = { ...provider !== undefined && { provider: [provider] }, ...tier !== undefined && { tier: [tier] } };
  return { source: [source], ...Object.keys(detail).length > 0 && { detail } };
}

/** Lets only the rule and the topic of a session send to its queue. */
export function listenQueuePolicy(ruleName: string, { busArn, topicArn }: ListenTarget): object {
  const allow = (service: string, source: string) => ({
    Effect: 'Allow', Principal: { Service: service }, Action: 'sqs:SendMessage', Resource: '*', Condition: { ArnEquals: { 'aws:SourceArn': source } },
  });
  return {
    Version: '2012-10-17',
    Statement: [
      allow('events.amazonaws.com', ruleArn(busArn, ruleName)),
      ...topicArn === undefined ? [] : [allow('sns.amazonaws.com', topicArn)],
    ],
  };
}

/** The name of a bus, which every call about its rules accepts. */
export function busNameOf(busArn: string): string {
  return busArn.slice(busArn.indexOf(EVENT_BUS) + EVENT_BUS.length);
}

/** The ARN of a rule on the default bus of an account does not contain the bus. */
function ruleArn(busArn: string, ruleName: string): string {
  const bus = busNameOf(busArn);
  return `${busArn.slice(0, busArn.indexOf(EVENT_BUS))}:rule/${bus === 'default' ? '' : `${bus}/`}${ruleName}`;
}

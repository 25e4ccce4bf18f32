import { Names, Token } from 'aws-cdk-lib';
import { CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
import { Construct } from 'constructs';
import type { SystemSettings } from '../settings/system-settings';

/** Characters of a rule's name (https://docs.aws.amazon.com/xray/latest/api/API_SamplingRule.html). */
const MAX_NAME = 32;
/** The first matching rule in ascending order applies. This one comes before rules that match every service. */
const PRIORITY = 100;

export interface TraceSamplingProps extends SystemSettings {
  /** The prefix of the rule's name. */
  readonly noun: string;
  readonly resourceArn: string;
  /** @default - any */
  readonly serviceName?: string;
  /** @default - any */
  readonly serviceType?: string;
  /** From 0 to 1. */
  readonly rate: number;
}

/**
 * The sampling of the traces that a service starts. The functions that it calls follow its decision
 * (https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html).
 */
export class TraceSampling extends Construct {
  constructor(scope: Construct, id: string, props: TraceSamplingProps) {
    super(scope, id);
    const { noun, resourceArn, serviceName = '*', serviceType = '*', rate, names } = props;
    if (!Token.isUnresolved(rate) && !(rate >= 0 && rate <= 1)) {
      throw new Error(`\`tracingSampleRate\` must be from 0 to 1, got: ${rate}. Pass 0.01 to trace 1 % of the requests.`);
    }
    new CfnSamplingRule(this, 'Rule', {
      samplingRule: {
        ruleName: names.optional(noun) ?? Names.uniqueResourceName(this, { maxLength: MAX_NAME, separator: '-' }),
        serviceName,
        serviceType,
        resourceArn,
        host: '*',
        httpMethod: '*',
        urlPath: '*',
        fixedRate: rate,
        // One trace each second would record nearly every webhook of a small system: up to 2.6 million traces or 13 USD a month.
        reservoirSize: 0,
        priority: PRIORITY,
        version: 1,
      },
    });
  }
}

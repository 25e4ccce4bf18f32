import { type IResource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/**
 * Rejects a resource of another account or region. Values that are known only at deployment are accepted. The message starts
 * with the subject, which is the prop in backticks.
 */
export function validateSameEnvironment(subject: string, resource: IResource | undefined, scope: Construct): void {
  if (resource) {
    validateSame('account', subject, Stack.of(scope).account, resource.env.account);
    validateSameRegion(subject, resource, scope);
  }
}

/** The same for a resource that can be of another account. */
export function validateSameRegion(subject: string, resource: IResource, scope: Construct): void {
  validateSame('region', subject, Stack.of(scope).region, resource.env.region);
}

function validateSame(noun: string, subject: string, own: string, other: string): void {
  if (Token.compareStrings(own, other) === TokenComparison.DIFFERENT) {
    throw new Error(`${subject} must be in the ${noun} of the stack (${own}), got a resource of ${noun} ${other}. Pass a resource of the same ${noun}.`);
  }
}

/** Alarms, email addresses and phone numbers cannot use a FIFO topic (https://docs.aws.amazon.com/sns/latest/dg/sns-fifo-topics.html). */
export function validateStandardTopic(prop: string, topic: ITopic | undefined): void {
  if (topic?.fifo) {
    throw new Error(`\`${prop}\` must be a standard topic, because alarms, email and SMS cannot use FIFO topics, got the FIFO topic ${topic.node.path}. Pass a standard topic.`);
  }
}

import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SYSTEM_OUTPUTS, type SystemOutput } from '../contract';

const DESCRIPTIONS: { readonly [name in SystemOutput]: string } = {
  TableName: 'Table of the transactions',
  ArchiveBucketName: 'Bucket of the audit archive',
  FailedRecordsBucketName: 'Bucket for batches of the stream that failed',
  DeadLetterQueueUrl: 'Queue of messages that could not be delivered or processed',
  EventBusName: 'Bus of the events',
  AlertTopicArn: 'Topic of the alerts',
  WorkflowArn: 'Workflow of the transactions that are assessed',
  ValidatorFunctionName: 'Function that stores webhooks',
  RelayFunctionName: 'Function that publishes events',
  DetectorFunctionName: 'Function that assesses transactions',
  ArchivalFunctionName: 'Function that writes the archive',
  GuestKeyArn: 'Secret with the key that hashes the contacts of guests',
};

/** Outputs the resources that `cdk-webhooks --stack` works on, in the scope of the system like those of the providers. */
export function addToolOutputs(system: Construct, values: { readonly [name in SystemOutput]: string | undefined }): void {
  for (const name of SYSTEM_OUTPUTS) {
    const value = values[name];
    if (value !== undefined) {
      new CfnOutput(system, name, { description: DESCRIPTIONS[name], value });
    }
  }
}

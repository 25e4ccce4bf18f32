import { CfnOutput, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { EventRules } from './event-rules';
import { Functions } from './functions';
import { MetricCatalog } from './metric-catalog';
import { OperationalAlarms } from './operational-alarms';
import { StoredData } from './stored-data';
import { SystemDashboard } from './system-dashboard';
import { WebhookApi } from './webhook-api';
import { Workflow } from './workflow';

export interface PlainWebhooksProps {
  /** The folder with the folders of the functions' images. */
  readonly assets: string;
}

/**
 * The resources of a `WebhookProcessingSystem` without props, as you would write them with the constructs of aws-cdk-lib
 * alone. There are no options and no checks.
 */
export class PlainWebhooks extends Construct {
  constructor(scope: Construct, id: string, { assets }: PlainWebhooksProps) {
    super(scope, id);
    const system = Stack.of(this).stackName;
    const data = new StoredData(this, 'Data');
    const bus = new EventBus(this, 'PaymentEvents');
    const alerts = new Topic(this, 'Alerts', { displayName: 'Payments', enforceSSL: true });
    alerts.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    }));
    const functions = new Functions(this, 'Functions', { assets, system, data, bus });
    const { api, throttledRequests, tooLargeRequests } = new WebhookApi(this, 'Ingress', { validator: functions.validator });
    const { stateMachine: workflow } = new Workflow(this, 'Workflow', {
      table: data.table, detector: functions.detector, alerts, deadLetters: data.deadLetters,
    });
    const rules = new EventRules(this, 'Routing', { system, bus, workflow, alerts, deadLetters: data.deadLetters });
    functions.relay.node.addDependency(rules);
    functions.validator.node.addDependency(data.archive);
    functions.archival.node.addDependency(data.archive, data.failedRecords);

    const metrics = new MetricCatalog(system);
    const { all: alarms } = new OperationalAlarms(this, 'Alarms', {
      metrics,
      api,
      throttledRequests,
      tooLargeRequests,
      relay: functions.relay,
      archival: functions.archival,
      workflow,
      alerts,
      deadLetters: data.deadLetters,
    });
    new SystemDashboard(this, 'Monitoring', { metrics, alarms, api, data, functions, bus, rules, workflow, alerts });

    const output = (name: string, description: string, value: string) => new CfnOutput(this, name, { description, value });
    output('WebhookUrl', 'URL to register with the provider standard-webhooks', api.urlForPath('/webhook/standard-webhooks'));
    output('WebhookSecret', 'Secret that verifies the webhooks of the provider standard-webhooks', functions.signingSecret.secretArn);
    output('TableName', 'Table of the transactions', data.table.tableName);
    output('ArchiveBucketName', 'Bucket of the audit archive', data.archive.bucketName);
    output('FailedRecordsBucketName', 'Bucket for batches of the stream that failed', data.failedRecords.bucketName);
    output('DeadLetterQueueUrl', 'Queue of messages that could not be delivered or processed', data.deadLetters.queueUrl);
    output('EventBusName', 'Bus of the events', bus.eventBusName);
    output('AlertTopicArn', 'Topic of the alerts', alerts.topicArn);
    output('WorkflowArn', 'Workflow of the transactions that are assessed', workflow.stateMachineArn);
    output('ValidatorFunctionName', 'Function that stores webhooks', functions.validator.functionName);
    output('RelayFunctionName', 'Function that publishes events', functions.relay.functionName);
    output('DetectorFunctionName', 'Function that assesses transactions', functions.detector.functionName);
    output('ArchivalFunctionName', 'Function that archives', functions.archival.functionName);
    output('GuestKeyArn', 'Key that hashes the contacts of guests', functions.guestKey.secretArn);
  }
}

import type { DeployedTemplate } from './deployed-template';
import type { AuthorizedCall } from '../policy/evaluate';

/** A call that AWS makes with a function's role. No handler makes it, but the role must allow it. */
export interface ServiceCall extends AuthorizedCall {
  /** The caller and the occasion. */
  readonly reason: string;
  readonly documentation: string;
}

const LAMBDA_GUIDE = 'https://docs.aws.amazon.com/lambda/latest/dg';
const STREAM_ACTIONS = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];

/** The calls that AWS makes with the role of a function. */
export function serviceCallsOf(template: DeployedTemplate, functionId: string, properties: any): ServiceCall[] {
  const mappings = template.resourcesOf('AWS::Lambda::EventSourceMapping')
    .map(([, mapping]) => mapping)
    .filter(({ FunctionName }) => FunctionName.Ref === functionId);
  return [
    ...logCalls(template.ref(properties.LoggingConfig.LogGroup.Ref), template),
    ...properties.TracingConfig?.Mode === 'Active' ? tracingCalls() : [],
    ...mappings.flatMap(({ EventSourceArn, DestinationConfig }) => [
      ...streamCalls(template.resolve(EventSourceArn)),
      ...DestinationConfig ? destinationCalls(template.resolve(DestinationConfig.OnFailure.Destination)) : [],
    ]),
  ];
}

function logCalls(logGroup: string, template: DeployedTemplate): ServiceCall[] {
  const resource = template.resolve({ 'Fn::Sub': `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:${logGroup}:log-stream:a-stream` });
  return ['CreateLogStream', 'PutLogEvents'].map((action) => ({
    action: `logs:${action}`,
    resource,
    reason: 'the runtime writes the logs of the function',
    documentation: `${LAMBDA_GUIDE}/monitoring-cloudwatchlogs.html`,
  }));
}

/** X-Ray's actions name no resource (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html). */
function tracingCalls(): ServiceCall[] {
  return ['PutTraceSegments', 'PutTelemetryRecords'].map((action) => ({
    action: `xray:${action}`,
    resource: '*',
    reason: "Lambda's X-Ray daemon sends the traces",
    documentation: `${LAMBDA_GUIDE}/services-xray.html`,
  }));
}

function streamCalls(stream: string): ServiceCall[] {
  return STREAM_ACTIONS.map((action) => ({
    action: `dynamodb:${action}`,
    resource: stream,
    reason: 'the event source mapping polls the stream',
    documentation: `${LAMBDA_GUIDE}/services-dynamodb-eventsourcemapping.html`,
  }));
}

/** A queue, a topic and a bucket need different rights. */
function destinationCalls(destination: string): ServiceCall[] {
  const service = destination.split(':')[2];
  const calls: Readonly<Record<string, AuthorizedCall[]>> = {
    sqs: [{ action: 'sqs:SendMessage', resource: destination }],
    sns: [{ action: 'sns:Publish', resource: destination }],
    s3: [{ action: 's3:PutObject', resource: `${destination}/aws/lambda/an-object` }, { action: 's3:ListBucket', resource: destination }],
  };
  return calls[service].map((call) => ({
    ...call,
    reason: 'the event source mapping sends records that failed for too long to its destination',
    documentation: `${LAMBDA_GUIDE}/services-dynamodb-errors.html`,
  }));
}

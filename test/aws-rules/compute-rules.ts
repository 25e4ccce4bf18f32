import { type AwsRule, lengthRule, rangeRule, resourcesOf, textOf } from './aws-rule';

const CFN = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const QUOTAS = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';
const EXPRESS_LIMIT_SECONDS = 300;
const MAPPING = `${CFN}/aws-resource-lambda-eventsourcemapping.html`;

const environmentText = (properties: any) => JSON.stringify(Object.fromEntries(
  Object.entries(properties.Environment?.Variables ?? {}).map(([name, value]) => [name, textOf(value)]),
));
const definitionOf = (properties: any) => JSON.parse(textOf(properties.DefinitionString));

/** Lambda and Step Functions. */
export const COMPUTE_RULES: readonly AwsRule[] = [
  {
    rule: 'The environment, as the JSON text of its map, has at most 4,096 bytes',
    source: QUOTAS,
    type: 'AWS::Lambda::Function',
    violation: (properties) => Buffer.byteLength(environmentText(properties)) > 4_096 && `${Buffer.byteLength(environmentText(properties))} bytes`,
    // 3,000 characters that become 6,000 bytes when they are escaped.
    breakIt: (properties) => {
      properties.Environment = { Variables: { RULES: '"'.repeat(3_000) } };
    },
  },
  {
    rule: 'Log levels need the JSON log format',
    source: `${CFN}/aws-properties-lambda-function-loggingconfig.html`,
    type: 'AWS::Lambda::Function',
    violation: ({ LoggingConfig: { LogFormat, SystemLogLevel, ApplicationLogLevel } = {} as any }) => (SystemLogLevel ?? ApplicationLogLevel)
      && LogFormat !== 'JSON' && 'text format with levels',
    breakIt: (properties) => {
      properties.LoggingConfig = { LogFormat: 'Text', SystemLogLevel: 'WARN' };
    },
  },
  {
    rule: 'A function from an image has no handler and no runtime, one from a zip file has both',
    source: `${CFN}/aws-resource-lambda-function.html`,
    type: 'AWS::Lambda::Function',
    violation: ({ PackageType, Handler, Runtime }) => (PackageType === 'Image') === Boolean(Handler ?? Runtime) && `${PackageType} with ${Handler} and ${Runtime}`,
    breakIt: (properties) => Object.assign(properties, { PackageType: 'Image', Handler: 'index.handler' }),
  },
  {
    rule: 'Only a function from an image has a command',
    source: `${CFN}/aws-properties-lambda-function-imageconfig.html`,
    type: 'AWS::Lambda::Function',
    violation: ({ PackageType, ImageConfig }) => ImageConfig && PackageType !== 'Image' && 'a command without an image',
    breakable: ({ PackageType }) => PackageType !== 'Image',
    breakIt: (properties) => {
      properties.ImageConfig = { Command: ['index.handler'] };
    },
  },
  lengthRule('AWS::Lambda::Function', 'Description', 256, `${CFN}/aws-resource-lambda-function.html`),
  lengthRule('AWS::Lambda::Function', 'FunctionName', 64, `${CFN}/aws-resource-lambda-function.html`),
  rangeRule('AWS::Lambda::Function', 'Timeout', 1, 900, QUOTAS),
  rangeRule('AWS::Lambda::Function', 'MemorySize', 128, 10_240, QUOTAS),
  {
    rule: 'The provisioned concurrency of an alias is a positive whole number, at most the reserved concurrency of its function',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html',
    type: 'AWS::Lambda::Alias',
    violation: ({ FunctionName, ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: executions } }, template) => {
      const { ReservedConcurrentExecutions: most = Infinity } = template.Resources[FunctionName.Ref].Properties;
      return !(Number.isInteger(executions) && executions >= 1 && executions <= most) && `${executions} of ${most}`;
    },
    breakIt: ({ FunctionName, ProvisionedConcurrencyConfig }, template) => {
      template.Resources[FunctionName.Ref].Properties.ReservedConcurrentExecutions = ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions - 1;
    },
  },
  {
    rule: 'Provisioned concurrency is for an alias of a version, not of $LATEST',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html',
    type: 'AWS::Lambda::Alias',
    violation: ({ FunctionVersion }, template) => template.Resources[FunctionVersion['Fn::GetAtt']?.[0]]?.Type !== 'AWS::Lambda::Version' && textOf(FunctionVersion),
    breakIt: (properties) => {
      properties.FunctionVersion = '$LATEST';
    },
  },
  {
    rule: 'API Gateway needs a permission for the alias that an integration names, because one for the function does not include it',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html',
    type: 'AWS::ApiGateway::Method',
    breakable: ({ Integration }) => JSON.stringify(Integration.Uri ?? '').includes('Provisioned'),
    violation: ({ Integration, HttpMethod }, template) => {
      const uri = JSON.stringify(Integration.Uri ?? '');
      const permitted = resourcesOf(template, 'AWS::Lambda::Permission')
        .map(([, { Properties }]) => Properties)
        .filter(({ SourceArn }) => JSON.stringify(SourceArn).includes(`/${HttpMethod}/`))
        .some(({ FunctionName }) => uri.includes(JSON.stringify(FunctionName)));
      return Integration.Type === 'AWS_PROXY' && !permitted && `no permission for ${uri}`;
    },
    breakIt: (_, template) => {
      for (const [, { Properties }] of resourcesOf(template, 'AWS::Lambda::Permission')) {
        Properties.FunctionName = { 'Fn::GetAtt': ['WebhookValidatorHandlerFunction', 'Arn'] };
      }
    },
  },
  rangeRule('AWS::Lambda::EventSourceMapping', 'MaximumBatchingWindowInSeconds', 0, 300, MAPPING),
  rangeRule('AWS::Lambda::EventSourceMapping', 'BatchSize', 1, 10_000, MAPPING),
  rangeRule('AWS::Lambda::EventSourceMapping', 'MaximumRecordAgeInSeconds', 60, 604_800, MAPPING),
  rangeRule('AWS::Lambda::EventInvokeConfig', 'MaximumEventAgeInSeconds', 60, 21_600, `${CFN}/aws-resource-lambda-eventinvokeconfig.html`),
  {
    rule: 'An event source mapping has at most five filters, each of at most 4,096 characters',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html',
    type: 'AWS::Lambda::EventSourceMapping',
    violation: ({ FilterCriteria: { Filters = [] } = {} as any }) => (Filters.length > 5 || Filters.some(({ Pattern }: any) => Pattern.length > 4_096)) && 'too many or too long',
    breakIt: (properties) => {
      properties.FilterCriteria = { Filters: Array(6).fill({ Pattern: '{}' }) };
    },
  },
  {
    rule: 'The failure destination of a stream mapping is a queue, topic or bucket that the role is allowed to write to',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html',
    type: 'AWS::Lambda::EventSourceMapping',
    violation: ({ DestinationConfig, FunctionName }, template) => {
      const bucket = DestinationConfig.OnFailure.Destination['Fn::GetAtt']?.[0];
      const role = template.Resources[FunctionName.Ref].Properties.Role['Fn::GetAtt'][0];
      const statements = Object.values(template.Resources)
        .filter(({ Type, Properties }) => Type === 'AWS::IAM::Policy' && Properties.Roles.some(({ Ref }: any) => Ref === role))
        .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
      const missing = ['s3:PutObject', 's3:ListBucket']
        .filter((right) => !statements.some(({ Action, Resource }: any) => Action === right && JSON.stringify(Resource).includes(`"${bucket}"`)));
      return missing.length > 0 && `no ${missing.join(', ')} on ${bucket}`;
    },
    breakIt: (properties) => {
      properties.DestinationConfig.OnFailure.Destination = { 'Fn::GetAtt': ['OtherBucket', 'Arn'] };
    },
  },
  {
    rule: 'An Express execution ends after five minutes: the time-out is below, and so is each task',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
    type: 'AWS::StepFunctions::StateMachine',
    violation: (properties) => definitionOf(properties).TimeoutSeconds >= EXPRESS_LIMIT_SECONDS && `${definitionOf(properties).TimeoutSeconds} s`,
    breakIt: (properties) => {
      properties.DefinitionString = JSON.stringify({ ...definitionOf(properties), TimeoutSeconds: 301 });
    },
  },
  {
    rule: 'The log group of a state machine begins with /aws/vendedlogs/, or its resource policy grows beyond its limit',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html',
    type: 'AWS::StepFunctions::StateMachine',
    violation: ({ LoggingConfiguration }, template) => {
      const arn = LoggingConfiguration.Destinations[0].CloudWatchLogsLogGroup.LogGroupArn;
      return !textOf(template.Resources[arn['Fn::GetAtt'][0]].Properties.LogGroupName).startsWith('/aws/vendedlogs/') && 'another prefix';
    },
    breakIt: ({ LoggingConfiguration }, template) => {
      template.Resources[LoggingConfiguration.Destinations[0].CloudWatchLogsLogGroup.LogGroupArn['Fn::GetAtt'][0]].Properties.LogGroupName = '/workflow';
    },
  },
  {
    rule: 'A definition has at most 1,048,576 bytes',
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
    type: 'AWS::StepFunctions::StateMachine',
    violation: (properties) => Buffer.byteLength(textOf(properties.DefinitionString)) > 1_048_576 && 'too long',
    breakIt: (properties) => {
      properties.DefinitionString = JSON.stringify({ Comment: 'x'.repeat(1_048_577) });
    },
  },
  lengthRule('AWS::StepFunctions::StateMachine', 'StateMachineName', 80, `${CFN}/aws-resource-stepfunctions-statemachine.html`),
];

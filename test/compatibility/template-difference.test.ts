import { describeDifference } from './template-difference';

const resource = (Type: string, Properties: object, more: object = {}) => ({ Type, Properties: { ...Properties }, ...more });

test('equal templates have no difference', () => {
  const template = { Resources: { Table: resource('AWS::DynamoDB::Table', { TableName: 'a' }) } };

  expect(describeDifference(template, template)).toEqual([]);
});

test('counts the changes of each type of resource', () => {
  const older = {
    Resources: {
      A: resource('AWS::Lambda::Function', { Runtime: 'nodejs22.x', Timeout: 3 }),
      B: resource('AWS::Lambda::Function', { Runtime: 'nodejs22.x' }),
      Old: resource('AWS::S3::Bucket', {}),
    },
  };
  const newer = {
    Resources: {
      A: resource('AWS::Lambda::Function', { Runtime: 'nodejs24.x', Timeout: 3 }, { DependsOn: ['B'], Metadata: {} }),
      B: resource('AWS::Lambda::Function', { Runtime: 'nodejs24.x', Layers: [] }),
      New: resource('AWS::SQS::Queue', {}),
    },
  };

  expect(describeDifference(older, newer)).toEqual([
    'AWS::Lambda::Function: DependsOn (1), Runtime (2), Layers (1)',
    'AWS::S3::Bucket: removed (1)',
    'AWS::SQS::Queue: added (1)',
  ]);
});

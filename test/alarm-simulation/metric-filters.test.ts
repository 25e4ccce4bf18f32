import { Template } from 'aws-cdk-lib/assertions';
import { MetricFilters } from './metric-filters';
import { template } from './simulated-template';

const filters = new MetricFilters(template);
const datapointsOf = (status: string, resourcePath: string) => filters.datapointsIn(filters.lineOf({ apiId: 'an-api', status, resourcePath }), 60_000);

test('the line of a request is JSON in the format of the stage, with - for a variable without a value', () => {
  expect(JSON.parse(filters.lineOf({ apiId: 'an-api', status: '429' }))).toMatchObject({ apiId: 'an-api', status: '429', sourceIp: '-' });
});

test.each([['429', 'RequestsThrottled'], ['413', 'RequestsTooLarge']])('a request to the path of a provider with %s is a datapoint of %s', (status, name) => {
  expect(datapointsOf(status, '/webhook/stripe')).toEqual([
    { namespace: 'WebhookProcessingSystem', name, dimensions: { Api: 'an-api' }, timestamp: 60_000, value: 1 },
  ]);
});

test.each([['200', '/webhook/stripe'], ['429', '/webhook/{provider}'], ['413', '/webhook/{provider}']])('a request with %s to %s is none', (status, path) => {
  expect(datapointsOf(status, path)).toEqual([]);
});

test('rejects an operator that it does not support', () => {
  const json = structuredClone(template.toJSON()) as { Resources: { [id: string]: { Type: string; Properties: any } } };
  Object.values(json.Resources).filter(({ Type }) => Type === 'AWS::Logs::MetricFilter').forEach(({ Properties }) => {
    Properties.FilterPattern = '{ $.status >= 429 }';
  });
  const changed = new MetricFilters(Template.fromJSON(json));

  expect(() => changed.datapointsIn('{}', 0)).toThrow('the simulation does not support >= in a filter pattern');
});

import { readDeployment, type PricedTemplate } from '../../cli/cost/priced-deployment';
import { PRICES } from '../../cli/cost/prices';
import { ApiType } from '../../src';
import { templateOf } from '../support/system';

const deploymentOf = (apiType: ApiType) => readDeployment(templateOf({ apiType }).toJSON() as PricedTemplate, 'Payments');

test('reads the type of the API from the template, with its sampling and access log', () => {
  expect(deploymentOf(ApiType.restApi())).toMatchObject({ apiType: 'rest', sampling: { rate: 0.05, reservoir: 0 } });
  expect(deploymentOf(ApiType.httpApi())).toMatchObject({ apiType: 'http', sampling: { rate: 0, reservoir: 0 } });
  expect(JSON.parse(deploymentOf(ApiType.httpApi()).accessLogFormat)).toHaveProperty('routeKey');
});

test('a request of an HTTP API costs less than a third of one of a REST API', () => {
  // https://aws.amazon.com/api-gateway/pricing/
  expect([PRICES.httpApiRequest.usd, PRICES.apiRequest.usd]).toEqual([1, 3.5]);
});
